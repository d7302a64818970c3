/* How a reader wants speeches set: size, face, measure. Loaded in <head>, so that no page is set twice. */
(() => {
  const NAMES = ["size", "face", "measure"];
  const root = document.documentElement.dataset;
  let kept = {};
  try {
    kept = JSON.parse(localStorage.getItem("reading")) || {};
  } catch {
    // Storage is switched off, or holds something else: the choice holds for this page only.
  }
  const apply = () => NAMES.forEach((name) => (kept[name] ? (root[name] = kept[name]) : delete root[name]));
  apply();
  addEventListener("DOMContentLoaded", () => {
    const form = document.querySelector(".settings form");
    const theme = document.querySelector(".theme");
    if (theme) form.append(theme);
    NAMES.forEach((name) => (form.elements[name].value = kept[name] || ""));
    form.addEventListener("change", ({ target: { name, value } }) => {
      if (!NAMES.includes(name)) return;
      kept[name] = value;
      apply();
      try {
        localStorage.setItem("reading", JSON.stringify(kept));
      } catch {
        // As above.
      }
    });
    form.hidden = false;
  });
})();
