/* Keys on every page: / to the search field, ? for the list of keys, and the switch that turns all of them off
   (WCAG 2.1.4). The scripts of single pages listen on document; nothing reaches them that the guard here stops. */
(() => {
  const KEY = "keys";
  const dialog = document.getElementById("keys");
  const entry = document.querySelector("[data-keys]");
  const on = dialog.querySelector("input");
  const typing = (at) => at.closest?.("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]");
  const actions = {
    "/": () => {
      const field = [...document.querySelectorAll("[data-suggest]")].find((each) => each.getClientRects().length);
      field?.focus();
      field?.select();
      return field;
    },
    "?": () => dialog.showModal() ?? true,
  };

  try {
    on.checked = localStorage.getItem(KEY) !== "off";
  } catch {
    // Storage is switched off: keys work, and the switch holds for this page only.
  }
  on.addEventListener("change", () => {
    try {
      if (on.checked) localStorage.removeItem(KEY);
      else localStorage.setItem(KEY, "off");
    } catch {
      // As above.
    }
  });
  addEventListener("keydown", (event) => {
    if (event.key?.length !== 1 || event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    const done = on.checked && !dialog.open && actions[event.key]?.();
    if (done) event.preventDefault();
    if (done || !on.checked || dialog.open) event.stopImmediatePropagation();
  }, true);
  entry.hidden = false;
  entry.firstElementChild.addEventListener("click", () => dialog.showModal());
})();
