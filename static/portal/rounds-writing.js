// Shows while one writes what would change. Without this script the button "Vorschau" does the same.

const WAIT = 700;

function preview(form) {
  const place = document.getElementById(form.dataset.previewing);
  const state = form.querySelector("[data-preview-state]");
  let timer = null;
  let latest = 0;

  async function show() {
    const mine = ++latest;
    const data = new FormData(form);
    data.set("aktion", "vorschau");
    try {
      const response = await fetch(location.pathname, { method: "POST", body: data, headers: { Accept: "application/json" }, redirect: "manual" });
      if (mine !== latest || response.type === "opaqueredirect") return;
      const answer = await response.json();
      if (answer.html !== undefined) place.innerHTML = answer.html;
      state.textContent = answer.message;
    } catch {
      // Without a connection the last difference stays; the draft's own line says that nothing is kept yet.
    }
  }

  form.querySelector("[data-preview-button]").hidden = true;
  form.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(show, WAIT); });
}

for (const form of document.querySelectorAll("form[data-previewing]")) preview(form);
