/* Sentences chosen by verdict, by whose trials it rests on, and by words; what is chosen stands in
   the address of the page. */

const CHOSEN = "#claims?";
const CHOICES = ["trials", "verdict", "search"];
const choiceForm = document.getElementById("claims-choice");
const sentences = [...document.querySelectorAll(".claim")];

/* Show the verdicts that fit, and the sentences that have any; return how many of each. */
function showChosen(chosen) {
  const words = plain(chosen.get("search") ?? "").trim().split(" ");
  const shown = { verdicts: 0, sentences: 0 };
  for (const sentence of sentences) {
    const said = plain([...sentence.children].slice(0, 2).map((each) => each.textContent).join(" "));
    for (const answer of sentence.querySelectorAll(".answer")) {
      const text = `${said} ${plain(answer.textContent)}`;
      const fits = ["verdict", "trials"].every((name) =>
        !chosen.has(name) || chosen.get(name) === answer.dataset[name]);
      answer.hidden = !(fits && words.every((word) => text.includes(word)));
      shown.verdicts += !answer.hidden;
    }
    sentence.hidden = !sentence.querySelector(".answer:not([hidden])");
    shown.sentences += !sentence.hidden;
  }
  return shown;
}

/* What is chosen, without what is left at all. */
function chosenOf(form) {
  return new URLSearchParams([...new FormData(form)].filter(([, value]) => value));
}

function tellChosen(form, shown, isAll) {
  const every = document.querySelectorAll(".answer").length;
  form.querySelector("output").textContent = isAll
    ? `${every} verdicts`
    : `${shown.verdicts} of ${every} verdicts, in ${shown.sentences} of ${sentences.length} sentences`;
  form.querySelector("button").hidden = isAll;
}

function choose(form) {
  const chosen = chosenOf(form);
  const isAll = ![...chosen].length;
  tellChosen(form, showChosen(chosen), isAll);
  return isAll ? "#claims" : CHOSEN + chosen;
}

/* What is not named, or not there, is left at all. */
function setChosen(form, chosen) {
  form.reset();
  for (const name of CHOICES) {
    if (form.elements[name] && chosen.get(name)) form.elements[name].value = chosen.get(name);
  }
}

/* Choose what the address names; a link to a sentence that is hidden shows all. */
function followChosen(form) {
  const isChosen = location.hash.startsWith(CHOSEN);
  const place = isChosen ? null : document.getElementById(location.hash.slice(1));
  if (!isChosen && !place?.closest("[hidden]")) return;
  setChosen(form, new URLSearchParams(isChosen ? location.hash.slice(CHOSEN.length) : ""));
  choose(form);
  (place ?? form).scrollIntoView();
}

if (choiceForm) {
  const keep = () => history.replaceState(null, "", choose(choiceForm));
  choiceForm.hidden = false;
  choose(choiceForm);
  choiceForm.addEventListener("input", keep);
  choiceForm.addEventListener("submit", (event) => event.preventDefault());
  choiceForm.querySelector("button").addEventListener("click", () => {
    setChosen(choiceForm, new URLSearchParams());
    keep();
  });
  addEventListener("hashchange", () => followChosen(choiceForm));
  followChosen(choiceForm);
}
