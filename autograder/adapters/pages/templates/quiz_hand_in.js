// A graded quiz or a survey as a page of its own: the answers become a file to hand in, and nothing else is known here.
const quiz = document.querySelector(".quiz");
const paper = JSON.parse(quiz.dataset.paper);

startQuiz(quiz, {
  finish: (answers, student, attempt) => {
    const whole = { version: 1, quiz: paper.quiz, edition: paper.edition };
    let name;
    if (paper.mode === "survey") {
      whole.token = randomToken();
      name = `survey-${whole.token}.json`;
    } else {
      whole.student = paper.student || student;
      whole.attempt = paper.student ? paper.attempt : attempt;
      whole.language = quiz.lang;
      whole.finished_at = new Date().toISOString();
      whole.drawn = paper.drawn;
      name = `${paper.quiz}-${whole.attempt}.json`;
    }
    save(name, JSON.stringify({ ...whole, answers }, null, 1) + "\n");
    return fill(JSON.parse(quiz.dataset.words).saved, [name]);
  },
});

addEventListener("beforeunload", (event) => {
  if (quiz.dataset.changed) event.preventDefault();
});

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
