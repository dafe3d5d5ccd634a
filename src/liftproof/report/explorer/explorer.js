/* The explorer of a review's page: its controls, and what they show. Starts where its part of the
   page is opened, and opens it where the address holds a state. */

class Explorer {
  constructor(root, data, address) {
    this.root = root;
    this.data = data;
    const asked = address.startsWith(LINK) ? address : LINK;
    const { state, unknown } = stateOf(data, asked, SORTS);
    this.state = state;
    this.build(unknown);
    this.show();
    new ResizeObserver(() => this.draw()).observe(this.plot);
  }

  build(unknown) {
    const { root } = this;
    this.form = made("form", { className: "choices" });
    this.form.setAttribute("aria-label", "What is pooled, and how");
    this.form.addEventListener("submit", (event) => event.preventDefault());
    this.standing = made("div", { className: "standing" });
    this.result = made("p", { className: "result" });
    const status = made("div", { className: "status" }, this.standing, this.result);
    status.setAttribute("role", "status");
    status.setAttribute("aria-live", "polite");
    this.back = made("button", { type: "button", textContent: "Back to the settled analysis" });
    this.back.addEventListener("click", () => this.settle());
    this.plot = made("div", { className: "plot" });
    this.prints = made("div", { className: "scroll", tabIndex: 0 });
    this.prints.setAttribute("role", "region");
    this.prints.setAttribute("aria-label", "Printed numbers, and what is chosen");
    this.legend = made("p", { className: "key" });
    this.map = new SpecificationMap(this.data, (state) => this.take(state));
    this.trials = made("div", { className: "trials" });
    root.append(this.form, this.map.root, status, this.back, this.plot, this.legend, this.trials, this.prints);
    if (unknown.length) {
      root.prepend(made("p", { className: "alarm", textContent:
        `The link names what is not in this page, and is followed without it: ${unknown.join(", ")}.` }));
    }
    this.fill();
  }

  /* Puts the controls of the chosen analysis in their places. */
  fill() {
    const { data, state } = this;
    const analysis = analysisOf(data, state);
    const fields = made("div", { className: "fields" });
    const add = (words, select, change) => fields.append(fieldOf(words, select, change));
    add("Analysis", selectOf(data.analyses.map(({ id, title }) => [id, title]), state.analysis), (id) => {
      const sort = this.state.sort;
      this.state = { ...settledState(data.analyses.find((each) => each.id === id)), sort };
      this.refill("Analysis");
    });
    const named = (methods) => methods.map(([code, name]) => [code, `${code}, ${name}`]);
    add("τ² by", selectOf(named(data.estimators), state.tau2), (code) => this.choose("τ² by", { tau2: code }));
    for (const [words, kind, methods] of [["Interval", "interval", data.intervals], ["Prediction", "prediction", data.predictions]]) {
      const isFit = (code) => fitsTau2(methods.find(([each]) => each === code), state.tau2);
      add(words, selectOf(methods.map(([code, name]) => [code, name]), state[kind], isFit), (code) => this.choose(words, { [kind]: code }));
    }
    analysis.choices.forEach(({ kind, options }, i) => {
      const words = capital(KINDS[kind]);
      add(words, selectOf(options.map(([, name], place) => [String(place), name]), state.choices[i]), (place) => {
        state.choices[i] = Number(place);
        this.show();
      });
    });
    add("Sorted by", selectOf(Object.entries(SORTS).map(([code, [name]]) => [code, name]), state.sort ?? ""), (code) => {
      state.sort = code;
      this.show();
    });
    this.form.replaceChildren(fields);
    this.trials.replaceChildren(this.trialList(analysis));
    this.map.fill(analysis);
  }

  trialList(analysis) {
    const { state } = this;
    this.outputs = [];
    const items = analysis.trials.map((trial, i) => {
      const box = made("input", { type: "checkbox", checked: !state.off.has(trial.study), name: trial.study });
      box.addEventListener("change", () => {
        if (box.checked) state.off.delete(trial.study);
        else state.off.add(trial.study);
        this.show();
      });
      const output = made("span", { className: "numbers" });
      this.outputs.push(output);
      const item = made("li", {}, made("label", {}, box, " ", trial.label), output);
      if (trial.extractions.length > 1) {
        const select = selectOf(trial.extractions.map(([label], place) => [String(place), label]), state.extractions[i]);
        select.setAttribute("aria-label", `Extraction of ${trial.label}`);
        select.addEventListener("change", () => {
          state.extractions[i] = Number(select.value);
          this.show();
        });
        item.append(select);
      }
      return item;
    });
    return made("fieldset", {}, made("legend", { textContent: "Trials that are pooled, and how each is read" }), made("ul", {}, ...items));
  }

  choose(words, change) {
    this.state = repaired(this.data, { ...this.state, ...change });
    this.refill(words);
  }

  settle() {
    this.take(settledState(analysisOf(this.data, this.state)));
  }

  /* Another state of the same analysis; the order of the trials stays. */
  take(state) {
    this.state = { ...state, sort: this.state.sort };
    this.fill();
    this.show();
  }

  /* New controls, with the focus where it was. */
  refill(words) {
    this.fill();
    const labels = [...this.form.querySelectorAll("label")];
    labels.find((label) => label.textContent === words)?.control.focus();
    this.show();
  }

  show() {
    const shown = explored(this.data, this.state);
    this.shown = shown;
    this.standing.replaceChildren(...standingParts(shown));
    this.root.classList.toggle("departs", shown.departures.length > 0);
    this.result.textContent = resultSentence(shown);
    this.back.disabled = !(shown.departures.length > (shown.analysis.otherModel ? 1 : 0));
    this.prints.replaceChildren(...(shown.prints.length ? [printsTable(this.data, shown)] : []));
    this.prints.hidden = !shown.prints.length;
    shown.analysis.trials.forEach((trial, i) => {
      this.outputs[i].textContent = this.trialText(shown, i);
    });
    const signs = Object.keys(MARKED).filter((sign) => shown.marks.includes(sign));
    this.legend.textContent = signs.map((sign) => `${sign} ${MARKED[sign]}.`).join(" ");
    this.draw();
    this.map.mark(this.state);
    history.replaceState(null, "", addressOf(this.data, this.state));
  }

  trialText({ results }, place) {
    const own = results.filter(({ number }) => number === place);
    if (!own.length) return "left out";
    const texts = own.map(({ isOn, shown, weight, marks, y }) => {
      if (Number.isNaN(y)) return "no effect to pool";
      const text = estimateText(...shown) + marks;
      return isOn ? `${text}, ${percentText(weight, 1)}` : `${text}, off`;
    });
    return texts.length > 3 ? `${texts.length} results` : texts.join("; ");
  }

  draw() {
    const width = Math.max(280, Math.floor(this.plot.clientWidth));
    const rows = plotRows(this.shown, this.state);
    const title = `Forest plot of what is chosen. ${resultSentence(this.shown)}`;
    this.plot.replaceChildren(...(rows.length ? [forestPlot(rows, this.shown.analysis, width, title)] : []));
  }
}

function startExplorer(part) {
  for (const root of part.querySelectorAll(".explorer:not(.started)")) {
    root.classList.add("started");
    const { data, others } = offered(JSON.parse(root.querySelector("script").textContent));
    if (data.analyses.length) root.explorer = new Explorer(root, data, location.hash);
    if (others.length) {
      root.append(made("p", { className: "lacking", textContent:
        `Not offered, as this page cannot compute it: ${others.join("; ")}.` }));
    }
    if (location.hash.startsWith(LINK)) root.scrollIntoView();
  }
}

/* Opens the explorer where the address holds a state of it; it starts when it is opened, and anew
   with another state where a link leads to that. */
function openExplorer() {
  const place = document.querySelector(".explorer-place");
  if (!place) return;
  const details = place.querySelector("details");
  details.addEventListener("toggle", () => startExplorer(details));
  new MutationObserver(() => { if (details.open) startExplorer(details); }).observe(details, { childList: true });
  addEventListener("DOMContentLoaded", () => {
    if (location.hash.startsWith(LINK)) details.open = true;
  });
  addEventListener("hashchange", () => {
    if (!location.hash.startsWith(LINK)) return;
    for (const root of details.querySelectorAll(".explorer.started")) {
      root.replaceChildren(root.querySelector("script"));
      root.classList.remove("started");
    }
    startExplorer(details);
    details.open = true;
  });
  document.addEventListener("click", (event) => {
    const analysis = event.target.closest("[data-explores]")?.dataset.explores;
    if (!analysis) return;
    event.preventDefault();
    location.hash = LINK + new URLSearchParams({ analysis });
  });
}

openExplorer();
