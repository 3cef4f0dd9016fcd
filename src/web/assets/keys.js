/*
 * Keys for those who want them; every page works without.
 * SPDX-License-Identifier: ISC
 */
"use strict";

(function () {
  /* What j and k step through, the first kind that a page has. */
  const steps = [".rows h3 a", ".tree .node a", ".para .no a", ".assent .first th a",
    ".rows a"];

  function list() {
    for (const step of steps) {
      const found = Array.from(document.querySelectorAll(step));
      if (found.length > 0) return found;
    }
    return [];
  }

  function step(by) {
    const all = list();
    if (all.length === 0) return;
    const at = all.indexOf(document.activeElement);
    const next = at < 0 ? (by > 0 ? 0 : all.length - 1) : at + by;
    if (next < 0 || next >= all.length) return;
    all[next].focus();
    all[next].scrollIntoView({ block: "nearest" });
  }

  function follow(selector) {
    const link = document.querySelector(selector);
    if (link !== null) window.location.assign(link.href);
  }

  const keys = {
    "/": function () {
      const field = document.querySelector("#q");
      if (field !== null) { field.focus(); field.select(); }
    },
    "j": function () { step(1); },
    "k": function () { step(-1); },
    "o": function () {
      const all = list();
      const at = all.indexOf(document.activeElement);
      if (at >= 0) all[at].click();
      else if (all.length > 0) all[0].click();
    },
    "u": function () { follow("link[rel=up]"); },
    "t": function () { follow("a[data-key=t]"); },
    "v": function () { follow("a[data-key=v]"); },
    "c": function () { follow("a[data-key=c]"); },
    "?": function () {
      const keysList = document.querySelector("#index");
      if (keysList !== null) { keysList.scrollIntoView(); keysList.focus(); }
    }
  };

  document.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.altKey || event.metaKey || event.defaultPrevented) return;
    const target = event.target;
    if (target.isContentEditable ||
        ["INPUT", "TEXTAREA", "SELECT"].includes(target.tagName)) return;
    const action = Object.hasOwn(keys, event.key) ? keys[event.key] : null;
    if (action === null) return;
    event.preventDefault();
    action();
  });
})();
