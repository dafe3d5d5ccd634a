/* The state of the explorer in the address: what departs from the analysis as settled, by name. */

const LINK = "#explore?";

function addressOf(data, state) {
  const analysis = analysisOf(data, state);
  const found = new URLSearchParams({ analysis: analysis.id });
  for (const kind of ["tau2", "interval", "prediction"]) {
    if (state[kind] !== analysis.settled[kind]) found.set(kind, state[kind]);
  }
  analysis.choices.forEach(({ kind, options }, i) => {
    if (state.choices[i]) found.set(kind, options[state.choices[i]][0]);
  });
  analysis.trials.forEach(({ study, extractions }, i) => {
    if (state.extractions[i]) found.append("read", `${study}:${extractions[state.extractions[i]][0]}`);
  });
  if (state.off.size) found.set("off", [...state.off].sort().join(" "));
  if (state.sort) found.set("sort", state.sort);
  return LINK + found;
}

/* The analysis to open with: the first that can be shown as settled, which the page opens with too. */
function openingOf({ analyses }) {
  return analyses.find(({ otherModel }) => !otherModel) ?? analyses[0];
}

/* The state that an address names, and the words in it that fit nothing here. */
function stateOf(data, address, sorts) {
  const asked = new URLSearchParams(address.slice(LINK.length));
  const wanted = asked.get("analysis");
  const analysis = data.analyses.find(({ id }) => id === wanted) ?? openingOf(data);
  const state = settledState(analysis);
  const unknown = wanted && wanted !== analysis.id ? [wanted] : [];
  const known = (options, code, use) => {
    const place = options.findIndex((each) => each === code);
    if (place < 0) unknown.push(code);
    else use(place);
  };
  const methods = { tau2: data.estimators, interval: data.intervals, prediction: data.predictions };
  for (const [kind, value] of asked) {
    const choice = analysis.choices.findIndex((each) => each.kind === kind);
    if (kind in methods) {
      known(methods[kind].map(([code]) => code), value, () => { state[kind] = value; });
    } else if (choice >= 0) {
      const codes = analysis.choices[choice].options.map(([code]) => code);
      known(codes, value, (place) => { state.choices[choice] = place; });
    } else if (kind === "read") {
      const [study, ...label] = value.split(":");
      const trial = analysis.trials.findIndex((each) => each.study === study);
      const labels = trial < 0 ? [] : analysis.trials[trial].extractions.map(([each]) => each);
      known(labels, label.join(":"), (place) => { state.extractions[trial] = place; });
    } else if (kind === "off") {
      const studies = analysis.trials.map(({ study }) => study);
      for (const study of value.split(" ")) known(studies, study, () => state.off.add(study));
    } else if (kind === "sort") {
      known(Object.keys(sorts), value, () => { state.sort = value; });
    } else if (kind !== "analysis") {
      unknown.push(kind);
    }
  }
  return { state: repaired(data, state), unknown };
}
