// What every page with a question needs, with or without a map.

// Leaves empty fields out of the address of a search, so that it says only what was asked.
// Both the browser and htmx read forms through this event.

document.addEventListener("formdata", ({ target, formData }) => {
  if (target.method !== "get") return;
  for (const name of new Set(formData.keys())) {
    const filled = formData.getAll(name).filter((value) => value !== "");
    formData.delete(name);
    for (const value of filled) formData.append(name, value);
  }
});

// Whose focus was in what a new answer replaced goes on at the answer.
document.addEventListener("htmx:after:settle", () => {
  if (document.activeElement === document.body) document.getElementById("ergebnis-titel")?.focus();
});

// A chosen suggestion is a change like any other.
document.addEventListener("auto-complete-change", (event) => {
  event.target.querySelector("input").dispatchEvent(new Event("change", { bubbles: true }));
}, true);
