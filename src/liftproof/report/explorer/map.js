/* The multiverse as the map of the explorer: a mark a drawn specification, in rising order of its
   estimate. A click on one, or the slider beneath, sets the explorer to it. */

const MAP_HEIGHT = 130;
const MAP_LEFT = 44;
const MAP_RIGHT = 8;
const BETWEEN = "What is chosen is none of the marks.";
const SETTLED_BETWEEN = "The analysis as settled, at the upright line, between marks.";
const FIELDS_OF_MAP = ["tau2", "interval", "prediction"];

/* The state that a specification is; null where it is pooled otherwise than here, or by a method that
   is not offered. */
function stateOfColumn(data, analysis, column) {
  const state = settledState(analysis);
  const { choices, options } = analysis.map;
  const places = options[column].split("|").map(Number);
  choices.forEach(([field, which], i) => {
    if (field === "choices" || field === "extractions") state[field][which] = places[i];
    else state[field] = which[places[i]];
  });
  const isOffered = (kind) => data[LISTS[kind]].some(([code]) => code === state[kind]);
  if (!isOffered("tau2") || !isOffered("interval")) return null;
  const kept = repaired(data, state);
  return kept.interval === state.interval ? kept : null;
}

/* What tells states apart on the map; empty for one that is on none. */
function keyOnMap(state) {
  if (!state || state.off.size) return "";
  return [...FIELDS_OF_MAP.map((field) => state[field]), state.choices, state.extractions].join(";");
}

class SpecificationMap {
  constructor(data, take) {
    Object.assign(this, { data, take, column: -1 });
    this.root = made("div", { className: "map" });
    this.picture = made("div", { className: "plot" });
    this.slider = made("input", { type: "range", min: 0, step: 1, id: "explorer-specification" });
    this.slider.addEventListener("input", () => this.pick(Number(this.slider.value)));
    this.standing = made("output", { className: "numbers" });
    this.standing.htmlFor.add(this.slider.id);
    this.words = made("p", { className: "key" });
    const label = made("label", { htmlFor: this.slider.id }, "Specification, by rising estimate");
    this.root.append(label, this.picture, this.slider, this.standing, this.words);
    this.picture.addEventListener("click", ({ clientX }) => this.pickAt(clientX));
    new ResizeObserver(() => this.draw()).observe(this.picture);
  }

  /* The map of another analysis; none where its choices were not gone through. */
  fill(analysis) {
    if (this.analysis === analysis) return;
    this.analysis = analysis;
    this.root.hidden = !analysis.map;
    if (!analysis.map) return;
    const { estimates } = analysis.map;
    const keys = estimates.map((_, column) => keyOnMap(stateOfColumn(this.data, analysis, column)));
    this.keys = keys;
    this.outside = keys.filter((key) => !key).length;
    this.slider.max = estimates.length - 1;
    const others = this.outside
      ? ` ${counted(this.outside, "hollow mark")}: pooled by a model or a method that the explorer does not have.` : "";
    const line = analysis.map.settled ? "the upright line is the analysis as settled"
      : "the analysis as settled has no estimate";
    this.words.textContent = `Each of the ${estimates.length} marks is a combination of choices that the figure of the multiverse draws; ${line}.${others}`;
    this.settledKey = analysis.map.settled ? keyOnMap(settledState(analysis)) : null;
    this.draw();
  }

  pick(column) {
    const state = stateOfColumn(this.data, this.analysis, column);
    if (state) this.take(state);
    else this.say(column);
  }

  pickAt(clientX) {
    const { left, width } = this.picture.getBoundingClientRect();
    const last = this.keys.length - 1;
    const share = (clientX - left - MAP_LEFT) / (width - MAP_LEFT - MAP_RIGHT);
    const column = Math.min(last, Math.max(0, Math.round(share * last)));
    this.slider.value = column;
    this.slider.focus({ preventScroll: true });
    this.pick(column);
  }

  /* Shows where a state stands. */
  mark(state) {
    if (!this.analysis.map) return;
    const key = keyOnMap(state);
    const column = key ? this.keys.indexOf(key) : -1;
    const isSettled = key === this.settledKey;
    if (column >= 0) this.slider.value = column;
    else if (isSettled) this.slider.value = this.analysis.map.settled[0] * (this.keys.length - 1);
    this.say(column, isSettled ? SETTLED_BETWEEN : BETWEEN);
  }

  say(column, between) {
    const text = column < 0 ? between
      : `${column + 1} of ${this.keys.length}${this.keys[column] ? "" : ": outside the explorer, which still shows what was chosen before"}`;
    this.standing.textContent = text;
    this.slider.setAttribute("aria-valuetext", text);
    this.column = column;
    this.place();
  }

  /* Puts the mark of what is chosen in its place. */
  place() {
    if (!this.here) return;
    this.here.setAttribute("visibility", this.column < 0 ? "hidden" : "visible");
    if (this.column < 0) return;
    const [x, y] = this.at(this.column / Math.max(1, this.keys.length - 1), this.analysis.map.estimates[this.column]);
    this.here.setAttribute("transform", `translate(${x} ${y})`);
  }

  draw() {
    const { analysis } = this;
    if (!analysis?.map) return;
    const { isLog, map } = analysis;
    const width = Math.max(280, Math.floor(this.picture.clientWidth));
    const toScale = isLog ? (x) => Math.log(x) : (x) => x;
    const none = isLog ? 1 : 0;
    const all = [...map.estimates, ...(map.settled ?? []).slice(1), none].map(toScale);
    const [low, high] = [Math.min(...all), Math.max(...all)];
    const pad = (high - low) * 0.05 || 0.5;
    const up = (x) => 6 + ((high + pad - toScale(x)) / (high - low + 2 * pad)) * (MAP_HEIGHT - 12);
    this.at = (share, estimate) => [MAP_LEFT + share * (width - MAP_LEFT - MAP_RIGHT), up(estimate)];
    const ticks = isLog ? ratioTicks(Math.exp(low), Math.exp(high)) : linearTicks(low, high);
    const last = Math.max(1, map.estimates.length - 1);
    const dots = (isInside) => map.estimates.flatMap((estimate, column) => {
      const [x, y] = this.at(column / last, estimate);
      return Boolean(this.keys[column]) === isInside ? [`M${x.toFixed(1)} ${y.toFixed(1)}h0`] : [];
    }).join("");
    const settled = map.settled ? this.at(...map.settled).slice(0, 1) : [];
    this.here = drawn("path", { class: "here", d: "M0 -8L6 0L0 8L-6 0Z" });
    this.picture.replaceChildren(drawn("svg", {
      viewBox: `0 0 ${width} ${MAP_HEIGHT}`, width, height: MAP_HEIGHT, "aria-hidden": "true",
    },
    drawn("line", { class: "none", x1: MAP_LEFT, x2: width, y1: up(none), y2: up(none) }),
    ...settled.map((x) => drawn("line", { class: "axis", x1: x, x2: x, y1: 4, y2: MAP_HEIGHT - 4 })),
    ...ticks.map((tick) => drawn("text", { class: "tick", x: MAP_LEFT - 8, y: up(tick) + 4, "text-anchor": "end" }, minus(String(tick)))),
    drawn("path", { class: "specification", d: dots(true) }),
    drawn("path", { class: "specification", d: dots(false) }),
    drawn("path", { class: "specification inner", d: dots(false) }),
    this.here));
    this.place();
  }
}
