/* From hit to hit on the page of a speech. Without it each hit is a link to the next one. */
(() => {
  const count = document.querySelectorAll("mark[id]").length;
  const step = document.querySelector(".step");
  if (!count || !step) return;
  const place = step.querySelector("[data-place]");
  let current = 0;
  const go = (change) => {
    current = ((current - 1 + change + count) % count) + 1;
    location.hash = `hit-${current}`;
  };
  const show = () => {
    const match = /^#hit-(\d+)$/.exec(location.hash);
    if (match) current = Number(match[1]);
    place.textContent = current ? `${current} / ${count}` : "";
  };
  step.hidden = false;
  document.querySelector(".hits .first").hidden = true;
  step.querySelectorAll("[data-step]").forEach((button) =>
    button.addEventListener("click", () => go(current ? Number(button.dataset.step) : 1)),
  );
  addEventListener("hashchange", show);
  show();
})();
