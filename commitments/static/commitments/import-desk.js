// Text and candidates point at each other, and marked words are put into the form. The pages are complete without it.
"use strict";
(() => {
  const text = document.querySelector("[data-text]");
  if (!text) return;
  const finds = [...text.querySelectorAll("[data-of]")];
  const of = new Map();
  for (const find of finds) {
    for (const key of find.dataset.of.split(" ")) of.set(key, [...(of.get(key) ?? []), find]);
  }
  const rows = [...document.querySelectorAll("[data-candidate]")];
  let marked = [];

  const unmark = () => { marked.forEach((one) => one.classList.remove("marked")); marked = []; };
  const mark = (key, scrolls) => {
    unmark();
    const row = document.getElementById(`c${key}`);
    marked = [...(of.get(key) ?? []), ...(row ? [row] : [])];
    marked.forEach((one) => one.classList.add("marked"));
    const first = of.get(key)?.[0];
    if (scrolls && first) text.scrollTop += first.getBoundingClientRect().top - text.getBoundingClientRect().top - text.clientHeight / 3;
  };

  for (const row of rows) {
    row.addEventListener("mouseenter", () => mark(row.dataset.candidate, false));
    row.addEventListener("focusin", () => mark(row.dataset.candidate, true));
    row.querySelector("[data-shows]")?.addEventListener("click", (event) => { event.preventDefault(); mark(row.dataset.candidate, true); });
  }
  for (const find of finds) {
    const key = find.dataset.of.split(" ").at(-1);
    find.addEventListener("mouseenter", () => mark(key, false));
    find.addEventListener("focus", () => mark(key, false));
  }
  const shown = document.querySelector("[data-shown]")?.dataset.shown;
  const here = shown ?? document.querySelector("[data-candidate].here")?.dataset.candidate;
  if (here) mark(here, true);
  else if (!location.hash && finds.length) text.scrollTop += finds[0].getBoundingClientRect().top - text.getBoundingClientRect().top - 48;

  // Places count characters as Python does: one for each code point.
  const placeOf = (node, offset) => {
    const piece = (node.nodeType === Node.TEXT_NODE ? node.parentElement : node).closest("[data-start]");
    if (!piece || !text.contains(piece)) return null;
    const before = document.createRange();
    before.setStart(piece, 0);
    before.setEnd(node, offset);
    return Number(piece.dataset.start) + [...before.toString()].length;
  };
  const quote = document.querySelector("#id_quote");
  const start = document.querySelector("#id_start");
  const take = () => {
    const selection = document.getSelection();
    if (!quote || !selection || selection.isCollapsed || !selection.rangeCount) return;
    const range = selection.getRangeAt(0);
    if (!text.contains(range.commonAncestorContainer)) return;
    const words = range.toString();
    const place = placeOf(range.startContainer, range.startOffset);
    if (place === null || !words.trim()) return;
    quote.value = words.trim();
    start.value = place + [...words].length - [...words.trimStart()].length;
    const adding = document.getElementById("adding");
    if (adding) adding.open = true;
    quote.dispatchEvent(new Event("input", { bubbles: true }));
  };
  text.addEventListener("mouseup", () => setTimeout(take));
  text.addEventListener("keyup", (event) => { if (event.shiftKey || event.key === "Shift") take(); });
  // A link that is dragged over is text to be marked, not a thing to be dragged.
  text.addEventListener("dragstart", (event) => event.preventDefault());

  for (const button of document.querySelectorAll("[data-takes]")) {
    button.hidden = false;
    button.addEventListener("click", () => {
      document.querySelector("#id_earlier_id").value = button.dataset.takes;
      document.querySelector("#id_relation").focus();
    });
  }
  document.addEventListener("keydown", (event) => {
    const adding = document.getElementById("adding");
    if (!adding || event.key !== "n" || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input:not([type=checkbox]), textarea, select")) return;
    event.preventDefault();
    adding.open = true;
    quote.focus();
  });
})();
