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
