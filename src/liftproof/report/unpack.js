/* Puts packed parts of the page in their place: when they are opened or linked to; drawings for
   phones where the screen is narrow, those of broad figures on upright tablets, too. */
"use strict";

let parts;

/* The contents of all packed parts, inflated once. */
async function inflated() {
  const packed = document.getElementById("packed-parts").textContent;
  const bytes = Uint8Array.from(atob(packed), (one) => one.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  return (await new Response(stream).text()).split("\0");
}

async function unpack(details) {
  if (!details.dataset.part) return;
  const told = details.querySelector("noscript");
  if (typeof DecompressionStream === "undefined") {
    if (told) told.outerHTML = told.textContent;
    return;
  }
  parts ??= inflated();
  const content = (await parts)[details.dataset.part];
  if (!details.dataset.part) return;
  delete details.dataset.part;
  const summary = details.querySelector("summary");
  details.replaceChildren(summary);
  summary.insertAdjacentHTML("afterend", content);
  await unpackNarrow(details);
}

const narrow = matchMedia("(max-width: 40rem)");
const middling = matchMedia("(max-width: 60rem)");

async function unpackNarrow(part) {
  if (!middling.matches || typeof DecompressionStream === "undefined") return;
  const which = narrow.matches ? ".narrow[data-part]" : ".broad .narrow[data-part]";
  for (const place of part.querySelectorAll(which)) {
    parts ??= inflated();
    const contents = await parts;
    if (!place.dataset.part) continue;
    place.innerHTML = contents[place.dataset.part];
    delete place.dataset.part;
  }
}

async function follow() {
  const id = location.hash.slice(1);
  if (!id) return;
  const holder = [...document.querySelectorAll("details[data-holds]")].find((each) =>
    each.dataset.holds.split(" ").includes(id));
  if (holder) {
    await unpack(holder);
    holder.open = true;
  }
  const place = document.getElementById(id);
  await openBelow(place);
  place?.scrollIntoView();
}

/* A link to a heading opens the details that follow it, past its paragraphs. */
async function openBelow(place) {
  if (place?.tagName !== "H4") return;
  let each = place.nextElementSibling;
  while (each?.tagName === "P") each = each.nextElementSibling;
  if (each?.tagName !== "DETAILS") return;
  await unpack(each);
  each.open = true;
}

document.addEventListener("toggle", (event) => {
  if (event.target.open) unpack(event.target);
}, true);
addEventListener("hashchange", follow);
for (const screen of [narrow, middling]) {
  screen.addEventListener("change", () => unpackNarrow(document));
}
unpackNarrow(document).then(follow);
