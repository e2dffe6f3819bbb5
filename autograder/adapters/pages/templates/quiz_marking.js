// Marks practice answers in the page by the rules of autograder.pure.quizzes.marking, from the data of quiz_key.
const NOTHING_EARNED = { credit: 0, remarks: [], lessons: [] };

function markAnswer(key, answer, language) {
  if (!isGiven(answer)) return { credit: 0, answered: false, remarks: [], lesson: "" };
  const worth = MARKING[key.rule](key, answer, language);
  const remarks = worth.credit === 1 ? [...worth.remarks, key.why] : worth.remarks;
  const credit = worth.credit === null ? null : Math.min(Math.max(worth.credit, 0), 1);
  return {
    credit,
    answered: true,
    remarks: [...new Set(remarks)].filter(Boolean),
    lesson: worth.lessons.find(Boolean) ?? "",
  };
}

const MARKING = {
  one: (key, answer) => {
    if (!Array.isArray(answer)) return NOTHING_EARNED;
    return { credit: Number(answer.join("\n") === key.right.join("\n")), ...sayings(key, answer) };
  },
  ticks: (key, answer) => {
    if (!Array.isArray(answer)) return NOTHING_EARNED;
    return { credit: ticked(new Set(answer), key), ...sayings(key, answer) };
  },
  switches: (key, answer) => {
    if (!isSlots(answer)) return NOTHING_EARNED;
    const on = Object.keys(answer).filter((id) => ["true", "1", "on", "vrai"].includes(answer[id].trim().toLowerCase()));
    return { credit: ticked(new Set(on), key), remarks: [], lessons: [] };
  },
  number: (key, answer, language) => (typeof answer === "string" ? markNumber(key, answer, language) : NOTHING_EARNED),
  words: (key, answer) => (typeof answer === "string" ? markWords(key, answer) : NOTHING_EARNED),
  gaps: (key, answer, language) => {
    if (!isSlots(answer)) return NOTHING_EARNED;
    const parts = key.gaps.map((gap) => {
      const text = answer[gap.id] ?? "";
      if (gap.rule === "select") return { ...NOTHING_EARNED, credit: Number(text === gap.answer) };
      return text.trim() ? MARKING[gap.rule](gap, text, language) : NOTHING_EARNED;
    });
    return {
      credit: parts.reduce((sum, part) => sum + part.credit, 0) / parts.length,
      remarks: parts.flatMap((part) => part.remarks),
      lessons: parts.flatMap((part) => part.lessons),
    };
  },
  match: (key, answer) => {
    if (!isSlots(answer)) return NOTHING_EARNED;
    const lefts = Object.keys(key.key);
    return { ...NOTHING_EARNED, credit: lefts.filter((id) => answer[id] === key.key[id]).length / lefts.length };
  },
  order: (key, answer) => {
    if (!Array.isArray(answer)) return NOTHING_EARNED;
    const order = [...new Set(answer)];
    return { ...NOTHING_EARNED, credit: ordered(order, key.key, key.scoring) };
  },
  cells: (key, answer, language) => {
    if (!isSlots(answer)) return NOTHING_EARNED;
    const hits = key.cells.filter(({ id, value }) => {
      const quantity = readNumber((answer[id] ?? "").trim(), language);
      return quantity !== null && quantity.unit === null && isClose(quantity.value, value, key.rtol, key.atol);
    }).length;
    return { ...NOTHING_EARNED, credit: key.per_cell ? hits / key.cells.length : Number(hits === key.cells.length) };
  },
  shape: (key, answer) => {
    if (typeof answer !== "string") return NOTHING_EARNED;
    const dims = readShape(answer);
    if (dims.length !== key.dims.length) return { ...NOTHING_EARNED, remarks: [key.rank] };
    const hits = dims.filter((dim, place) => isSameDimension(dim, key.dims[place])).length;
    return { ...NOTHING_EARNED, credit: dims.length ? hits / dims.length : 1 };
  },
  output: (key, answer) => ({
    ...NOTHING_EARNED,
    credit: Number(typeof answer === "string" && asPrinted(answer) === key.text),
  }),
  essay: (key, answer) =>
    typeof answer === "string" ? { credit: null, remarks: [key.waits], lessons: [] } : NOTHING_EARNED,
};

function isGiven(answer) {
  if (answer === null || answer === undefined) return false;
  if (Array.isArray(answer)) return answer.length > 0;
  if (typeof answer === "string") return answer.trim() !== "";
  return Object.values(answer).some((text) => text.trim() !== "");
}

function isSlots(answer) {
  return typeof answer === "object" && !Array.isArray(answer);
}

function sayings(key, answer) {
  const said = key.said.filter(({ id }) => answer.includes(id));
  return { remarks: said.map((each) => each.why), lessons: said.map((each) => each.lesson) };
}

function ticked(picked, key) {
  const hits = key.right.filter((id) => picked.has(id)).length;
  const misses = key.wrong.filter((id) => picked.has(id)).length;
  if (key.exact) return Number(hits === key.right.length && misses === 0);
  return Math.max(0, hits / key.right.length - misses / key.wrong.length);
}

function ordered(order, key, scoring) {
  const same = order.length === key.length && order.every((id, place) => id === key[place]);
  if (same || scoring === "all-or-nothing") return Number(same);
  if (scoring === "positions") return order.filter((id, place) => id === key[place]).length / key.length;
  return Math.max(0, longestRun(order, key) - 1) / (key.length - 1);
}

function longestRun(order, key) {
  const row = new Array(key.length + 1).fill(0);
  for (const item of order) {
    let diagonal = 0;
    for (let place = 1; place <= key.length; place++) {
      const above = row[place];
      row[place] = item === key[place - 1] ? diagonal + 1 : Math.max(above, row[place - 1]);
      diagonal = above;
    }
  }
  return row.at(-1);
}

function markNumber(key, text, language) {
  const quantity = readNumber(text, language);
  if (quantity === null) return { ...NOTHING_EARNED, remarks: [key.unreadable] };
  const factor = quantity.unit === null ? 1 : Object.hasOwn(key.units, quantity.unit) ? key.units[quantity.unit] : null;
  if (factor === null) return { ...NOTHING_EARNED, remarks: [key.asked] };
  const value = quantity.value * factor;
  if (isClose(value, key.value, key.rtol, key.atol)) return { ...NOTHING_EARNED, credit: 1 };
  const sprung = key.traps.filter((trap) => isClose(value, trap.value, key.rtol, key.atol));
  return { credit: 0, remarks: sprung.map((trap) => trap.why), lessons: sprung.map((trap) => trap.lesson) };
}

function isClose(value, expected, rtol, atol) {
  return Math.abs(value - expected) <= atol + Math.max(rtol, 1e-9) * Math.abs(expected);
}

const NUMBER = new RegExp(
  "^(?<sign>[+-]?)\\s*(?<mantissa>\\d[\\d.,_ ]*|[.,]\\d+)" +
    "(?:[eE](?<e>[+-]?\\d{1,3})|\\s*\\*\\s*10\\s*(?:\\^|\\*\\*)\\s*\\(?(?<ten>[+-]?\\d{1,3})\\)?" +
    "|\\s*(?:\\^|\\*\\*)\\s*\\(?(?<power>[+-]?\\d{1,3})\\)?|\\s*/\\s*(?<below>\\d[\\d.,_ ]*))?" +
    "\\s*(?<unit>[^\\d\\s].*)?$",
);

function readNumber(text, language) {
  if ([...text].length > 100) return null;
  const found = NUMBER.exec(plainNumber(text))?.groups;
  const digits = found ? decimalDigits(found.mantissa, language) : null;
  if (digits === null) return null;
  const value = scaled(digits, found, language) * (found.sign === "-" ? -1 : 1);
  return Number.isFinite(value) ? { value, unit: found.unit?.trim() || null } : null;
}

function plainNumber(text) {
  const raised = { "⁻": "-" };
  [..."⁰¹²³⁴⁵⁶⁷⁸⁹"].forEach((sign, digit) => (raised[sign] = String(digit)));
  return text
    .replace(/[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+/g, (found) => "^" + [...found].map((sign) => raised[sign]).join(""))
    .normalize("NFC")
    .replace(/[−–‑‒]/g, "-")
    .replace(/[×·⋅∙]/g, "*")
    .split(/\s+/)
    .filter(Boolean)
    .join(" ");
}

function scaled(digits, found, language) {
  if (found.below !== undefined) {
    const below = decimalDigits(found.below, language);
    return below === null ? NaN : Number(digits) / Number(below);
  }
  if (found.power !== undefined) return Number(digits) ** Number(found.power);
  return Number(`${digits}e${Number(found.e ?? found.ten ?? 0)}`);
}

function decimalDigits(written, language) {
  const digits = written.trim();
  const marks = [...digits].filter((sign) => ".,".includes(sign));
  const last = marks.at(-1);
  let decimal = marks.filter((mark) => mark === last).length === 1 ? last : "";
  if (decimal === "," && marks.length === 1 && language === "en" && /^[1-9]\d{0,2},\d{3}$/.test(digits)) decimal = "";
  const at = decimal ? digits.indexOf(decimal) : -1;
  const whole = at < 0 ? digits : digits.slice(0, at);
  const fraction = at < 0 ? "" : digits.slice(at + 1);
  const groups = whole.split(/[.,_ ]/);
  const separators = new Set(whole.match(/[.,_ ]/g));
  const isGrouped =
    groups.length === 1 ||
    (separators.size === 1 &&
      groups[0].length >= 1 &&
      groups[0].length <= 3 &&
      groups.slice(1).every((group) => group.length === 3));
  const text = `${groups.join("") || "0"}.${fraction || "0"}`;
  return isGrouped && /^\d+\.\d+$/.test(text) ? text : null;
}

function markWords(key, text) {
  const accept = key.accept.find((each) => fitsWords(text, each));
  if (!accept) return NOTHING_EARNED;
  return { credit: accept.credit, remarks: [accept.why], lessons: [accept.lesson] };
}

function fitsWords(text, accept) {
  if ([...text].length > 500) return false;
  const said = plainWords(text);
  const readings = [...new Set([said, said.replace(/\.$/, "").trimEnd()])].filter(Boolean);
  if (accept.pattern !== null) {
    const pattern = new RegExp(`^(?:${accept.pattern})$`, accept.fold ? "iu" : "u");
    return readings.some((reading) => pattern.test(reading));
  }
  return readings.some((reading) => accept.texts.includes(accept.fold ? folded(reading) : reading));
}

function plainWords(text) {
  return text
    .normalize("NFC")
    .replace(/[’‘ʼ`´]/g, "'")
    .replace(/[“”„«»]/g, '"')
    .replace(/\u2011/g, "-")
    .replace(/(?![\n\t])[\p{Cf}\p{Cc}]/gu, "")
    .split(/\s+/)
    .filter(Boolean)
    .join(" ")
    .replace(/ (?=[;:!?%])/g, "");
}

function folded(text) {
  return text.toLowerCase().replace(/ß/g, "ss").replace(/ς/g, "σ");
}

function asPrinted(text) {
  const lines = text
    .normalize("NFC")
    .replace(/\r\n/g, "\n")
    .replace(/\u00a0/g, " ")
    .replace(/^[\n ]+|[\n ]+$/g, "")
    .split("\n");
  return lines.map((line) => line.trimEnd().replace(/(?<=[,([{]) +| +(?=[)\]},])/g, "")).join("\n");
}

function readShape(text) {
  const bare = text
    .trim()
    .slice(0, 300)
    .replace(/torch\.Size|\\|\$/g, "")
    .replace(/[{}_]/g, "")
    .trim()
    .replace(/^[()[\]]+|[()[\]]+$/g, "")
    .replace(/\u00a0/g, " ")
    .trim();
  const parts = /[,;]/.test(bare)
    ? bare.split(/[,;]/)
    : bare.includes("×")
      ? bare.split("×")
      : bare.split(/(?<![-+*/]) +(?![-+*/])/);
  return parts.map((part) => part.trim().replace(/[·×]/g, "*")).filter(Boolean);
}

const PRIMES = [101, 103, 107, 109, 113, 127, 131, 137, 139, 149, 151, 157, 163, 167, 173, 179];

function isSameDimension(written, expected) {
  try {
    const [mine, right] = [parseArithmetic(written), parseArithmetic(expected)];
    const names = [...new Set([...mine.names, ...right.names])].sort();
    if (names.length > PRIMES.length / 2) return false;
    return [0, 8].every((shift) => {
      const values = new Map(names.map((name, place) => [name, BigInt(PRIMES[shift + place])]));
      return mine.value(values) == right.value(values); // whole numbers are BigInt, others Number: 2n == 2
    });
  } catch {
    return false;
  }
}
