/*
 * Dragging over the bars of the timeline chooses a range of dates: it goes
 * into the two fields of the form, which is then sent. Without this each bar
 * is a link and the fields can be filled in.
 * SPDX-License-Identifier: ISC
 */
"use strict";

(function () {
  const bars = document.querySelector("#bars");
  const form = document.querySelector("#range");
  const chosen = document.querySelector("#chosen");
  const hint = document.querySelector("#drag");
  if (bars === null || form === null || chosen === null) return;

  const n = Number(bars.dataset.n);
  const first = bars.dataset.first;
  let from = -1, to = -1, moved = false;

  /* The date of bar i: the first is known, and none is left out. */
  function label(i) {
    const part = first.split("-").map(Number);
    if (part.length === 1) return String(part[0] + i).padStart(4, "0");
    if (part.length === 2) {
      const month = part[0] * 12 + part[1] - 1 + i;
      return String(Math.floor(month / 12)).padStart(4, "0") + "-" +
        String(month % 12 + 1).padStart(2, "0");
    }
    return new Date(Date.UTC(part[0], part[1] - 1, part[2] + i)).toISOString().slice(0, 10);
  }

  function at(event) {
    const box = bars.getBoundingClientRect();
    const i = Math.floor((event.clientX - box.left) / box.width * n);
    return Math.min(n - 1, Math.max(0, i));
  }

  function show() {
    const a = Math.min(from, to), b = Math.max(from, to);
    chosen.setAttribute("x", String(a * 10));
    chosen.setAttribute("width", String(from < 0 ? 0 : (b - a + 1) * 10));
    if (from < 0) return;
    form.elements.from.value = label(a);
    form.elements.to.value = label(b);
  }

  bars.addEventListener("pointerdown", function (event) {
    if (event.button !== 0) return;
    from = to = at(event);
    moved = false;
  });
  bars.addEventListener("pointermove", function (event) {
    if (from < 0) return;
    to = at(event);
    if (to !== from && !moved) {
      moved = true;
      bars.setPointerCapture(event.pointerId);
    }
    if (moved) show();
  });
  bars.addEventListener("pointerup", function () {
    if (moved) form.requestSubmit();
    from = -1;
  });
  bars.addEventListener("pointercancel", function () {
    from = -1;
    moved = false;
    show();
  });
  /* A drag that ends on a bar is no click on it; nor is the link dragged. */
  bars.addEventListener("click", function (event) {
    if (moved) event.preventDefault();
  });
  bars.addEventListener("dragstart", function (event) { event.preventDefault(); });
  if (hint !== null) hint.hidden = false;
})();
