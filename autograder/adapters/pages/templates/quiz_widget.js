// The quiz in a notebook: the kernel marks and writes, so that no key comes here.
function render({ model, el }) {
  // Keys typed in the quiz are its own, not the notebook's, which would change cells or leave them; Ctrl+S still saves.
  el.addEventListener("keydown", (event) => {
    if (!event.ctrlKey && !event.metaKey) event.stopPropagation();
  });
  el.innerHTML = model.get("html");
  const waiting = new Map();
  const heard = (message) => {
    waiting.get(message.id)?.(message.content);
    waiting.delete(message.id);
  };
  let last = 0;
  const asked = (kind, content) =>
    new Promise((resolve) => {
      last += 1;
      waiting.set(last, resolve);
      model.send({ id: last, kind, ...content });
    });
  model.on("msg:custom", heard);
  startQuiz(el.querySelector(".quiz"), {
    mark: (question, _, answer) => asked("mark", { question, answer }),
    reveal: (question) => asked("reveal", { question }),
    finish: (answers, student) => asked("finish", { answers, student }),
  });
  return () => model.off("msg:custom", heard);
}

export default { render };
