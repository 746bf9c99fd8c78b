// Additions to the Leitfaden: where one is in the contents, copying, closing notes with Escape.
// Every page works without them.

// A short address with a passage (/leitfaden/#k7m2) leads to the page where the passage stands.
function goToPassage() {
  const start = document.querySelector("[data-passages]");
  const anchor = location.hash.slice(1);
  if (start && /^[a-z][a-z0-9]{3,11}$/.test(anchor) && /\d/.test(anchor) && !document.getElementById(anchor)) {
    location.replace(`${start.dataset.passages}${anchor}/`);
  }
}

// The section that has passed the upper third of the screen is the one that is being read.
function followReading() {
  const links = [...document.querySelectorAll("[data-contents] a[href^='#']")];
  const places = links.map((link) => document.getElementById(link.hash.slice(1)));
  if (!links.length) return;
  const mark = () => {
    const line = innerHeight / 3;
    const at = places.findLastIndex((place) => place && place.getBoundingClientRect().top <= line);
    links.forEach((link, index) => {
      if (index === at) link.setAttribute("aria-current", "location");
      else link.removeAttribute("aria-current");
    });
    if (at >= 0) keepInSight(links[at]);
  };
  let waiting = false;
  const soon = () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => { waiting = false; mark(); });
  };
  addEventListener("scroll", soon, { passive: true });
  addEventListener("resize", soon);
  mark();
}

function keepInSight(link) {
  const box = link.closest("[data-contents]");
  const { top, bottom } = link.getBoundingClientRect();
  const frame = box.getBoundingClientRect();
  if (box.scrollHeight <= box.clientHeight) return;
  if (top < frame.top) box.scrollTop -= frame.top - top;
  else if (bottom > frame.bottom) box.scrollTop += bottom - frame.bottom;
}

// Escape closes an open note or menu and returns to where one was.
function closeWithEscape(event) {
  if (event.key !== "Escape") return;
  const note = document.querySelector(".notes li:target");
  const menu = document.querySelector(".passage__tools[open]");
  if (note) {
    const back = document.getElementById(note.querySelector(".notes__back").hash.slice(1));
    const [left, top] = [scrollX, scrollY];
    location.hash = back.id;
    scrollTo(left, top);
    back.focus({ preventScroll: true });
  } else if (menu) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
}

function offerCopying() {
  const status = document.querySelector("[data-copy-status]");
  for (const button of document.querySelectorAll("[data-copy]")) {
    button.hidden = !navigator.clipboard;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent.trim());
      button.querySelector(".kern-label").textContent = button.dataset.copied;
      status.textContent = button.dataset.copied;
    });
  }
}

goToPassage();
addEventListener("hashchange", goToPassage);
addEventListener("keydown", closeWithEscape);
followReading();
offerCopying();
