/*
 * What a query may become, below the field while it is typed; the field works
 * without. Arrows choose, Enter or Tab takes, Escape closes (WAI-ARIA,
 * combobox with a list).
 * SPDX-License-Identifier: ISC
 */
"use strict";

(function () {
  const field = document.querySelector("#q");
  if (field === null) return;
  const list = document.createElement("ul");
  list.id = "suggest";
  list.className = "suggest";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  field.after(list);
  field.setAttribute("role", "combobox");
  field.setAttribute("aria-controls", "suggest");
  field.setAttribute("aria-expanded", "false");
  field.setAttribute("aria-autocomplete", "list");
  let asked = "", at = -1;

  function close() {
    list.hidden = true;
    at = -1;
    field.setAttribute("aria-expanded", "false");
    field.removeAttribute("aria-activedescendant");
  }

  function choose(to) {
    const all = list.children;
    if (at >= 0) all[at].removeAttribute("aria-selected");
    at = (to + all.length) % all.length;
    all[at].setAttribute("aria-selected", "true");
    all[at].scrollIntoView({ block: "nearest" });
    field.setAttribute("aria-activedescendant", all[at].id);
  }

  function take(query) {
    /* A field waits for its value, anything else for the next term. */
    field.value = query.endsWith(":") ? query : query + " ";
    close();
    field.focus();
    ask();
  }

  function show(completions) {
    list.replaceChildren();
    completions.forEach(function (c, i) {
      const item = document.createElement("li");
      item.id = "suggest-" + i;
      item.setAttribute("role", "option");
      item.dataset.query = c.query;
      const text = document.createElement("code");
      text.textContent = c.text;
      item.append(text, " ", c.meaning || "");
      if (c.count > 0) {
        const n = document.createElement("span");
        n.className = "n";
        n.textContent = c.count.toLocaleString("en");
        item.append(n);
      }
      item.addEventListener("mousedown", function (event) {
        event.preventDefault();
        take(c.query);
      });
      list.append(item);
    });
    at = -1;
    list.hidden = completions.length === 0;
    field.setAttribute("aria-expanded", String(!list.hidden));
  }

  async function ask() {
    const query = field.value;
    asked = query;
    /* Only a word that is begun, or a field that waits. */
    if (query === "" || query.endsWith(" ")) { close(); return; }
    try {
      const reply = await fetch("/complete.json?limit=10&q=" + encodeURIComponent(query));
      const found = await reply.json();
      if (asked === query && document.activeElement === field) show(found.completions || []);
    } catch (_) {
      close();
    }
  }

  field.addEventListener("input", ask);
  field.addEventListener("blur", close);
  field.addEventListener("keydown", function (event) {
    if (list.hidden) return;
    if (event.key === "ArrowDown") choose(at + 1);
    else if (event.key === "ArrowUp") choose(at < 0 ? -1 : at - 1);
    else if ((event.key === "Enter" || event.key === "Tab") && at >= 0)
      take(list.children[at].dataset.query);
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
  });
})();
