// The quiz as a page of its own: practice is marked here, anything else becomes a file to hand in.
const quiz = document.querySelector(".quiz");
const paper = JSON.parse(quiz.dataset.paper);
const pageWords = JSON.parse(quiz.dataset.words);

startQuiz(quiz, {
  mark: (question, variant, answer) => {
    const key = pageKey(question, variant);
    const mark = markAnswer(key, answer, quiz.lang);
    const share = Math.floor((mark.credit ?? 0) * 100 + 0.5);
    return { ...mark, points: (mark.credit ?? 0) * key.points, share: fill(pageWords.share, [share]) };
  },
  reveal: (question, variant) => pageKey(question, variant).solution,
  finish: (answers, student, attempt) => {
    const survey = paper.mode === "survey";
    const whose = survey ? { token: randomToken() } : { student: paper.student || student, attempt: paper.student ? paper.attempt : attempt };
    const rest = survey ? {} : { language: quiz.lang, drawn: paper.drawn, finished_at: new Date().toISOString() };
    const response = { version: 1, quiz: paper.quiz, edition: paper.edition, ...whose, ...rest, answers };
    const name = survey ? `survey-${whose.token}.json` : `${paper.quiz}-${whose.attempt}.json`;
    save(name, JSON.stringify(response, null, 1) + "\n");
    return fill(pageWords.saved, [name]);
  },
});

addEventListener("beforeunload", (event) => {
  if (quiz.dataset.changed && paper.mode !== "practice") event.preventDefault();
});

function pageKey(question, variant) {
  return JSON.parse(document.getElementById("key").textContent)[variant][question];
}

function randomToken() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

function save(name, text) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}
