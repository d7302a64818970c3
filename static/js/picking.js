// The list of speeches: counts those chosen for comparison, and keeps them few enough. Without this the form works too.
(() => {
  const form = document.querySelector("form.pick");
  const boxes = [...form.querySelectorAll("[name=s]")];
  const bar = form.querySelector(".picked");
  const button = bar.querySelector("button");
  const said = bar.querySelector("[data-picked]");
  const most = Number(form.dataset.most);
  const count = () => {
    const chosen = boxes.filter((box) => box.checked).length;
    bar.classList.toggle("some", chosen > 0);
    button.disabled = chosen < 2;
    said.textContent = chosen ? said.dataset[chosen < 2 ? "one" : chosen < most ? "some" : "most"].replace("%s", chosen) : "";
    for (const box of boxes) box.disabled = !box.checked && chosen >= most;
  };
  form.addEventListener("change", count);
  addEventListener("pageshow", count);  // a browser that goes back keeps what was chosen
  count();
})();
