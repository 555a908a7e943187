// The keys of the desk, and typed text kept on this machine until it is saved. Every page is complete without it.
"use strict";
(() => {
  const rows = [...document.querySelectorAll("[data-row]")];
  const typing = (target) => target.closest("input:not([type=checkbox]), textarea, select, [contenteditable]");
  let here = -1;

  const go = (step) => {
    if (!rows.length) return;
    rows[here]?.classList.remove("here");
    here = Math.min(Math.max(here + step, 0), rows.length - 1);
    rows[here].classList.add("here");
    rows[here].querySelector("[data-open]")?.focus();
    rows[here].scrollIntoView({ block: "nearest" });
  };
  // A row that was clicked or tabbed into is the one that the keys mean.
  rows.forEach((row, place) => row.addEventListener("focusin", () => {
    rows[here]?.classList.remove("here");
    here = place;
    row.classList.add("here");
  }));
  const box = () => rows[here]?.querySelector("input[type=checkbox]");
  const all = document.querySelector("[data-ticks-all]");
  const tickAll = (on) => rows.forEach((row) => { const one = row.querySelector("input[type=checkbox]"); if (one) one.checked = on; });
  all?.addEventListener("change", () => tickAll(all.checked));
  const acts = {
    j: () => go(1),
    k: () => go(-1),
    x: () => { const one = box(); if (one) one.checked = !one.checked; },
    a: () => { if (all) { all.checked = !all.checked; tickAll(all.checked); } },
    c: () => rows[here]?.querySelector("[data-act=row]")?.click(),
    o: () => rows[here]?.querySelector("[data-open]")?.click(),
    s: () => document.querySelector("[data-act=ticked]")?.click(),
    "?": () => { const keys = document.getElementById("keys"); if (keys) { keys.open = !keys.open; keys.scrollIntoView(); } },
  };
  const named = (key) => /^[a-z]$/.test(key) ? rows[here]?.querySelector(`[data-key=${key}]`) : null;
  const form = document.querySelector("form[data-keeps]");

  document.addEventListener("keydown", (event) => {
    if (form && event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      form.requestSubmit(form.querySelector("[data-main]"));
    } else if (rows.length && !typing(event.target) && !event.ctrlKey && !event.metaKey && !event.altKey) {
      const act = acts[event.key] ?? (named(event.key) ? () => named(event.key).click() : null);
      if (!act) return;
      event.preventDefault();
      act();
    }
  });

  // The address may say at which row to go on.
  const asked = rows.findIndex((row) => row.id && `#${row.id}` === location.hash);
  if (asked >= 0) go(asked + 1);

  for (const narrowing of document.querySelectorAll("form[data-submits-itself]")) {
    narrowing.querySelector("button").hidden = true;
    narrowing.addEventListener("change", () => narrowing.submit());
  }

  // The page after a save says that it was saved; only then is the kept text needless.
  const sent = sessionStorage.getItem("sent");
  if (sent && document.querySelector(".messagelist .success")) {
    localStorage.removeItem(sent);
    sessionStorage.removeItem("sent");
  }

  // Typed text: kept under the address of the form and the person, offered when the form is opened again.
  if (!form) return;
  const place = `typed:${form.dataset.keeps}:${location.pathname}`;
  // By name, so that a row more or less in the form moves nothing; where to go next is no text of anyone's.
  const isBox = (one) => one.type === "checkbox" || one.type === "radio";
  const key = (one) => isBox(one) ? `${one.name}=${one.value}` : one.name;
  const fields = () => [...form.elements].filter((one) => one.name && one.name !== "next" && !["hidden", "submit", "password", "file"].includes(one.type));
  const values = () => Object.fromEntries(fields().map((one) => [key(one), isBox(one) ? one.checked : one.value]));
  const first = JSON.stringify(values());
  const stored = localStorage.getItem(place);
  const offer = document.querySelector("[data-typed]");
  if (stored && stored !== first && offer && !form.dataset.isAnswer) {
    offer.hidden = false;
    offer.querySelector("[data-bring-back]").addEventListener("click", () => {
      const kept = JSON.parse(stored);
      fields().forEach((one) => {
        if (!(key(one) in kept)) return;
        if (isBox(one)) one.checked = kept[key(one)];
        else one.value = kept[key(one)];
      });
      offer.hidden = true;
    });
    offer.querySelector("[data-forget]").addEventListener("click", () => { localStorage.removeItem(place); offer.hidden = true; });
  }
  let waiting;
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => localStorage.setItem(place, JSON.stringify(values())), 300);
  });
  form.addEventListener("submit", () => {
    clearTimeout(waiting);
    localStorage.setItem(place, JSON.stringify(values()));
    sessionStorage.setItem("sent", place);
  });
})();
