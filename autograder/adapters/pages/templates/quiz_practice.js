// A practice quiz as a page of its own, marked by the data in it.
const practice = document.querySelector(".quiz");
const practiceWords = JSON.parse(practice.dataset.words);
const keys = JSON.parse(document.getElementById("key").textContent);

startQuiz(practice, {
  mark: (question, variant, answer) => {
    const key = keys[variant][question];
    const mark = markAnswer(key, answer, practice.lang);
    const share = Math.floor((mark.credit ?? 0) * 100 + 0.5);
    return { ...mark, points: (mark.credit ?? 0) * key.points, share: fill(practiceWords.share, [share]) };
  },
  reveal: (question, variant) => keys[variant][question].solution,
});
