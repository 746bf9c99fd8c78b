// Keeps what somebody writes as a draft of their own: every few seconds, and when they turn to something else.
// Without this script the button "Entwurf sichern" does the same.

const EVERY = 4000;
const PATIENCE = 10000;

function keepDrafts(form) {
  const state = form.querySelector("[data-draft-state]");
  let changed = false;
  let sending = false;
  let asked = false;
  let timer = null;
  // What was sent without an answer: it may have arrived. Sent once more as it was, it says so.
  let unsure = null;
  // The button that was pressed while something was being sent.
  let pressed = null;

  function take({ message, values = {}, address }) {
    for (const [name, value] of Object.entries(values)) form.elements[name].value = value;
    if (address) history.replaceState(null, "", address);
    // Whoever went on writing meanwhile has something new to keep.
    state.textContent = changed ? "" : message;
  }

  async function keep() {
    clearTimeout(timer);
    timer = null;
    asked = sending;
    if (sending || !(changed || unsure)) return;
    const data = unsure ?? new FormData(form);
    if (!unsure) {
      data.set("aktion", "entwurf");
      changed = false;
    }
    sending = true;
    try {
      const response = await fetch(location.pathname, { method: "POST", body: data, headers: { Accept: "application/json" }, redirect: "manual", signal: AbortSignal.timeout(PATIENCE) });
      if (response.type === "opaqueredirect") take({ message: "Sie sind abgemeldet. Ihr Text ist noch hier: Beim Speichern melden Sie sich an und finden ihn wieder." });
      else take(await response.json());
      unsure = null;
    } catch {
      unsure = data;
      asked = false;
      state.textContent = "Der Entwurf ist noch nicht gesichert: keine Verbindung. Wir versuchen es weiter.";
    }
    sending = false;
    if (pressed) form.requestSubmit(pressed);
    else if (asked && changed) keep();
    else if (changed || unsure) plan();
  }

  function plan() {
    timer ??= setTimeout(keep, EVERY);
  }

  form.addEventListener("input", () => { changed = true; state.textContent = ""; plan(); });
  form.addEventListener("focusout", keep);
  document.addEventListener("visibilitychange", () => { if (document.hidden) keep(); });
  form.addEventListener("submit", (event) => {
    // What is on its way first has to arrive: it says what is in the draft now.
    pressed = sending ? event.submitter : null;
    if (pressed) event.preventDefault();
    else { changed = false; unsure = null; clearTimeout(timer); }
  });
  addEventListener("beforeunload", (event) => { if (changed || unsure) event.preventDefault(); });
}

for (const form of document.querySelectorAll("form[data-writing]")) keepDrafts(form);
