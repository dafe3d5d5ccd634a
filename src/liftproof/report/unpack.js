/* Puts packed parts of the page in their place: when they are opened or linked to. */
"use strict";

async function unpack(details) {
  const script = details.querySelector("script");
  if (!script) return;
  if (typeof DecompressionStream === "undefined") {
    script.previousElementSibling.outerHTML = script.previousElementSibling.textContent;
    return;
  }
  const bytes = Uint8Array.from(atob(script.textContent), (one) => one.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  const content = await new Response(stream).text();
  if (!script.isConnected) return;
  const summary = details.querySelector("summary");
  details.replaceChildren(summary);
  summary.insertAdjacentHTML("afterend", content);
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
  document.getElementById(id)?.scrollIntoView();
}

document.addEventListener("toggle", (event) => {
  if (event.target.open) unpack(event.target);
}, true);
addEventListener("hashchange", follow);
follow();
