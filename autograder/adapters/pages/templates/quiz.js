"use strict";
// The form of a quiz: reads answers, shows what `host` says to them. The page and the notebook each bring a host with
// mark(question, variant, answer), reveal(question, variant) and finish(answers, student, attempt); each may be async.
function startQuiz(root, host) {
  const words = JSON.parse(root.dataset.words);
  const earned = new Map();
  const questions = () => [...root.querySelectorAll("form.question")].filter((form) => !form.hidden);
  root.querySelectorAll("form.question").forEach((form) => {
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (form.querySelector(".check")) check(form);
    });
    form.querySelector(".reveal")?.addEventListener("click", () => reveal(form));
    form.querySelector(".other")?.addEventListener("click", () => nextVariant(form));
    if (form.dataset.kind === "order") makeOrderable(form, words);
    if (form.querySelector("svg [data-target]")) makePointable(form);
  });
  root.addEventListener("input", () => (root.dataset.changed = "yes"));
  root.querySelector("form.finish")?.addEventListener("submit", (event) => {
    event.preventDefault();
    finish(event.target);
  });

  async function check(form) {
    const mark = await host.mark(form.dataset.question, Number(form.dataset.variant), readAnswer(form));
    showMark(form.querySelector(".verdict"), mark, words);
    earned.set(form.dataset.question, mark.points ?? 0);
    const most = questions().reduce((sum, each) => sum + Number(each.dataset.points), 0);
    const sum = [...earned.values()].reduce((a, b) => a + b, 0);
    root.querySelector(".total").textContent = fill(words.total, [spell(sum, root.lang), spell(most, root.lang)]);
  }

  async function reveal(form) {
    const solution = await host.reveal(form.dataset.question, Number(form.dataset.variant));
    const verdict = form.querySelector(".verdict");
    verdict.className = "verdict told";
    verdict.replaceChildren(headline("→", words.reveal), ...[solution.answer, ...solution.why].filter(Boolean).map(block));
  }

  function nextVariant(form) {
    const all = [...root.querySelectorAll("form.question")].filter((each) => each.dataset.question === form.dataset.question);
    const next = all[(all.indexOf(form) + 1) % all.length];
    form.hidden = true;
    next.hidden = false;
    next.reset();
    next.querySelector(".verdict").replaceChildren();
    next.querySelector("fieldset").focus();
  }

  async function finish(form) {
    const answers = {};
    questions().forEach((each) => {
      const answer = readAnswer(each);
      if (answer !== null) answers[each.dataset.question] = answer;
    });
    const student = form.elements.student?.value.trim() ?? "";
    const said = await host.finish(answers, student, Number(form.elements.attempt?.value ?? 1));
    const missing = questions().length - Object.keys(answers).length;
    const left = missing ? " " + fill(missing === 1 ? words.missing_one : words.missing, [missing]) : "";
    form.querySelector(".said").textContent = said + left;
    delete root.dataset.changed;
  }
}

// A list of ids, a text, or a text per slot, as response files hold them; null when there is no answer.
function readAnswer(form) {
  const all = (selector) => [...form.querySelectorAll(selector)];
  if (form.dataset.kind === "line") {
    const text = form.querySelector(".line").value;
    return text.trim() ? text : null;
  }
  if (form.dataset.kind === "pick") {
    const ids = all("input[data-id]:checked").map((input) => input.dataset.id);
    return ids.length ? ids : null;
  }
  if (form.dataset.kind === "order") {
    return form.querySelector(".confirm").checked ? all("li[data-id]").map((item) => item.dataset.id) : null;
  }
  if (form.dataset.kind === "switches") {
    const boxes = all("input[data-slot]");
    if (!boxes.some((box) => box.checked)) return null;
    return Object.fromEntries(boxes.map((box) => [box.dataset.slot, String(box.checked)]));
  }
  const slots = all("[data-slot]").filter((field) => field.value.trim());
  return slots.length ? Object.fromEntries(slots.map((field) => [field.dataset.slot, field.value])) : null;
}

function showMark(verdict, mark, words) {
  const kind = !mark.answered ? "none" : mark.credit === null ? "told" : mark.credit === 1 ? "right" : mark.credit === 0 ? "wrong" : "partly";
  const sign = { none: "–", told: "→", right: "✓", wrong: "✗", partly: "◐" }[kind];
  const share = kind === "partly" ? ` (${mark.share})` : "";
  const lesson = mark.lesson ? [block(mark.lesson, "lesson")] : [];
  verdict.className = `verdict ${kind}`;
  verdict.replaceChildren(headline(sign, words[kind] + share), ...mark.remarks.map((html) => block(html)), ...lesson);
}

function headline(sign, text) {
  const line = document.createElement("p");
  const icon = document.createElement("span");
  icon.ariaHidden = "true";
  icon.textContent = sign;
  line.className = "headline";
  line.append(icon, ` ${text}`);
  return line;
}

function block(html, name = "remark") {
  const made = document.createElement("div");
  made.className = name;
  made.innerHTML = html; // from the quiz's author, made HTML by the platform
  return made;
}

function fill(sentence, values) {
  return values.reduce((text, value, place) => text.replace(`{${place}}`, value), sentence);
}

function spell(number, language) {
  return number.toLocaleString(language, { maximumFractionDigits: 2 });
}

function makeOrderable(form, words) {
  const list = form.querySelector("ol");
  const moved = (item) => {
    form.querySelector(".confirm").checked = true;
    const place = [...list.children].indexOf(item) + 1;
    form.querySelector(".moved").textContent = fill(words.moved, [item.dataset.name, place, list.children.length]);
    form.dispatchEvent(new Event("input", { bubbles: true }));
  };
  list.querySelectorAll("li").forEach((item) => {
    const move = (button, shift) =>
      button.addEventListener("click", () => {
        const other = shift < 0 ? item.previousElementSibling : item.nextElementSibling;
        if (!other) return;
        if (shift < 0) other.before(item);
        else other.after(item);
        button.focus();
        moved(item);
      });
    move(item.querySelector(".up"), -1);
    move(item.querySelector(".down"), 1);
    item.draggable = true;
    item.addEventListener("dragstart", () => item.classList.add("dragged"));
    item.addEventListener("dragend", () => item.classList.remove("dragged"));
    item.addEventListener("dragover", (event) => event.preventDefault());
    item.addEventListener("drop", (event) => {
      event.preventDefault();
      const dragged = list.querySelector(".dragged");
      if (!dragged || dragged === item) return;
      const below = dragged.compareDocumentPosition(item) & Node.DOCUMENT_POSITION_FOLLOWING;
      if (below) item.after(dragged);
      else item.before(dragged);
      moved(dragged);
    });
  });
}

function makePointable(form) {
  const regions = [...form.querySelectorAll("svg [data-target]")];
  const input = (id) => [...form.querySelectorAll("input[data-id]")].find((each) => each.dataset.id === id);
  const paint = () => regions.forEach((region) => region.classList.toggle("picked", input(region.dataset.target).checked));
  regions.forEach((region) => region.addEventListener("click", () => input(region.dataset.target).click()));
  form.addEventListener("change", paint);
  form.addEventListener("reset", () => setTimeout(paint));
}
