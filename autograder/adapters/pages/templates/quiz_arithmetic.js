// Arithmetic as a student writes it in a shape, by the rules of autograder.pure.quizzes.expression: whole numbers are
// exact (BigInt), and what has no value throws.
const TOKEN = /\s*(\*\*|\/\/|[-+*/%(),]|(?:\d[\d_]*)?\.?\d+(?:[eE][+-]?\d+)?\.?|[\p{L}_][\p{L}\p{N}_]*)/uy;
const FUNCTIONS = {
  // the fewest operands, the most, and what is made of them
  abs: [1, 1, (x) => (x < 0 ? -x : x)],
  ceil: [1, 1, (x) => whole(Math.ceil(Number(x)))],
  comb: [2, 2, (n, k) => combinations(n, k)],
  exp: [1, 1, (x) => Math.exp(Number(x))],
  floor: [1, 1, (x) => whole(Math.floor(Number(x)))],
  log: [1, 2, (x, base) => Math.log(Number(x)) / (base === undefined ? 1 : Math.log(Number(base)))],
  log2: [1, 1, (x) => Math.log2(Number(x))],
  max: [2, Infinity, (...all) => all.reduce((a, b) => (b > a ? b : a))],
  min: [2, Infinity, (...all) => all.reduce((a, b) => (b < a ? b : a))],
  round: [1, 1, (x) => whole(halfEven(Number(x)))],
  sqrt: [1, 1, (x) => Math.sqrt(Number(x))],
};
const OPERATORS = {
  "+": (a, b) => a + b,
  "-": (a, b) => a - b,
  "*": (a, b) => a * b,
  "/": (a, b) => divided(Number(a), Number(b)),
  "//": (a, b) => (typeof a === "bigint" ? floorDivided(a, b) : Math.floor(divided(a, b))),
  "%": (a, b) => a - OPERATORS["//"](a, b) * b,
  "**": (a, b) => power(a, b),
};

function parseArithmetic(text) {
  const tokens = tokensOf(text);
  const names = new Set();
  let at = 0;
  const take = (token) => tokens[at] === token && Boolean(++at);
  const demand = (token) => {
    if (!take(token)) throw new SyntaxError(`${token} expected`);
  };
  const binary = (operators, operand) => () => {
    let left = operand();
    while (operators.includes(tokens[at])) {
      const [operator, first, right] = [tokens[at++], left, operand()];
      left = (values) => apply(OPERATORS[operator], first(values), right(values));
    }
    return left;
  };
  const atom = () => {
    const token = tokens[at++];
    if (token === "(") {
      const inner = sum();
      demand(")");
      return inner;
    }
    if (/^[\d.]/.test(token ?? "")) {
      const number = literal(token);
      return () => number;
    }
    if (!/^[\p{L}_]/u.test(token ?? "")) throw new SyntaxError("a number or a name expected");
    if (take("(")) return called(token);
    if (token === "pi") return () => Math.PI;
    names.add(token);
    return (values) => {
      if (!values.has(token)) throw new RangeError(token);
      return values.get(token);
    };
  };
  const called = (name) => {
    if (!Object.hasOwn(FUNCTIONS, name)) throw new SyntaxError(name);
    const operands = [];
    while (!take(")")) {
      if (operands.length) demand(",");
      if (take(")")) break;
      operands.push(sum());
    }
    const [fewest, most, make] = FUNCTIONS[name];
    if (operands.length < fewest || operands.length > most) throw new SyntaxError(name);
    return (values) => bounded(make(...operands.map((operand) => operand(values))));
  };
  const raised = () => {
    const base = atom();
    if (!take("**")) return base;
    const exponent = signed();
    return (values) => apply(OPERATORS["**"], base(values), exponent(values));
  };
  const signed = () => {
    if (take("+")) return signed();
    if (!take("-")) return raised();
    const operand = signed();
    return (values) => -operand(values);
  };
  const product = binary(["*", "/", "//", "%"], signed);
  const sum = binary(["+", "-"], product);
  const value = sum();
  if (at < tokens.length) throw new SyntaxError("one expression expected");
  return { names, value };
}

function tokensOf(text) {
  const tokens = [];
  const rest = text.trim();
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < rest.length) {
    const found = TOKEN.exec(rest);
    if (!found) throw new SyntaxError("not arithmetic");
    tokens.push(found[1]);
    if (/^[\d.]/.test(found[1]) && /^[\p{L}_]/u.test(rest.slice(TOKEN.lastIndex))) throw new SyntaxError("2T");
  }
  return tokens;
}

function literal(token) {
  if (/^\d[\d_]*$/.test(token)) {
    if (/^0\d*[1-9]|__|_$/.test(token)) throw new SyntaxError(token);
    return bounded(BigInt(token.replaceAll("_", "")));
  }
  return bounded(Number(token.replaceAll("_", "")));
}

function apply(operator, left, right) {
  const isExact = typeof left === "bigint" && typeof right === "bigint";
  return bounded(isExact ? operator(left, right) : operator(Number(left), Number(right)));
}

function bounded(number) {
  if (typeof number !== "bigint" && !Number.isFinite(number)) throw new RangeError("no number");
  if (number > 1e40 || number < -1e40) throw new RangeError("too large");
  return number;
}

function divided(a, b) {
  if (b === 0) throw new RangeError("division by zero");
  return a / b;
}

function floorDivided(a, b) {
  const quotient = a / b; // BigInt throws on zero and cuts towards it
  return a % b !== 0n && a < 0n !== b < 0n ? quotient - 1n : quotient;
}

function power(base, exponent) {
  if (exponent > 128 || exponent < -128) throw new RangeError("exponent");
  if (typeof base === "bigint" && exponent >= 0n) return base ** exponent;
  if (Number(base) === 0 && exponent < 0) throw new RangeError("division by zero");
  return Number(base) ** Number(exponent);
}

function combinations(n, k) {
  if (typeof n !== "bigint" || typeof k !== "bigint" || n < 0n || k < 0n || n > 1000n || k > 1000n) throw new RangeError();
  let count = k > n ? 0n : 1n;
  for (let step = 1n; step <= k && k <= n; step++) count = (count * (n - k + step)) / step;
  return count;
}

function halfEven(x) {
  const below = Math.floor(x);
  if (x - below !== 0.5) return Math.round(x);
  return below % 2 === 0 ? below : below + 1;
}

function whole(x) {
  return BigInt(bounded(x));
}
