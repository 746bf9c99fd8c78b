// Lets one search in long lists of boxes, and tick all or none of what is shown. Without it the lists are only long.

for (const list of document.querySelectorAll("[data-checklist]")) {
  const rows = [...list.querySelectorAll("li")].map((row) => ({ row, box: row.querySelector("input"), text: row.textContent.toLowerCase() }));
  const tools = list.querySelector("[data-checklist-tools]");
  const search = tools.querySelector("input");
  const count = tools.querySelector("[data-checklist-count]");
  const nothing = list.querySelector("[data-checklist-nothing]");

  function say() {
    count.textContent = `${rows.filter(({ box }) => box.checked).length} von ${rows.length} gewählt`;
  }

  function find() {
    const words = search.value.toLowerCase().split(/\s+/);
    for (const { row, text } of rows) row.hidden = !words.every((word) => text.includes(word));
    nothing.hidden = rows.some(({ row }) => !row.hidden);
  }

  function tick(checked) {
    for (const { row, box } of rows) if (!row.hidden) box.checked = checked;
    say();
  }

  search.addEventListener("input", find);
  // Enter searches; it does not send the form.
  search.addEventListener("keydown", (event) => { if (event.key === "Enter") event.preventDefault(); });
  list.addEventListener("change", say);
  tools.querySelector("[data-checklist-all]").addEventListener("click", () => tick(true));
  tools.querySelector("[data-checklist-none]").addEventListener("click", () => tick(false));
  tools.hidden = false;
  say();
}
