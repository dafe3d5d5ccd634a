/* Buttons that copy a text of the page; without a clipboard the text is selected, to copy by hand. */
for (const button of document.querySelectorAll("[data-copies]")) {
  const source = document.getElementById(button.dataset.copies);
  button.hidden = false;
  button.addEventListener("click", async () => {
    getSelection().selectAllChildren(source);
    const copied = navigator.clipboard
      ? await navigator.clipboard.writeText(source.textContent).then(() => true, () => false)
      : document.execCommand("copy");
    button.textContent = copied ? "Copied" : "Selected: copy it by hand";
  });
}
