/* The reader's choice of light or dark; loaded in <head> so that no page flashes in the wrong one. */
(() => {
  const KEY = "theme";
  const root = document.documentElement;
  const apply = (theme) => {
    if (theme === "light" || theme === "dark") root.dataset.theme = theme;
    else delete root.dataset.theme;
  };
  let chosen = "";
  try {
    chosen = localStorage.getItem(KEY) || "";
  } catch {
    // Storage is switched off: the choice holds for this page only.
  }
  apply(chosen);
  addEventListener("DOMContentLoaded", () => {
    const select = document.getElementById("theme");
    if (!select) return;
    select.closest("[hidden]").hidden = false;
    select.value = root.dataset.theme || "";
    select.addEventListener("change", () => {
      apply(select.value);
      try {
        localStorage.setItem(KEY, select.value);
      } catch {
        // As above.
      }
    });
  });
})();
