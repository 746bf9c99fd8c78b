// Whoever marks words of a passage comments on those words. Without this script a comment is about the whole passage.

const CONTEXT = 100;

function quoteSelection(text, form) {
  const state = form.querySelector("[data-quote-state]");
  document.addEventListener("selectionchange", () => {
    const selection = document.getSelection();
    if (!selection.rangeCount || selection.isCollapsed) return;
    const range = selection.getRangeAt(0);
    if (!text.contains(range.commonAncestorContainer)) return;
    const [before, after] = [document.createRange(), document.createRange()];
    before.setStart(text, 0);
    before.setEnd(range.startContainer, range.startOffset);
    after.setStart(range.endContainer, range.endOffset);
    after.setEnd(text, text.childNodes.length);
    const quote = selection.toString().trim();
    form.elements.quote.value = quote;
    form.elements.before.value = before.toString().slice(-CONTEXT);
    form.elements.after.value = after.toString().slice(0, CONTEXT);
    state.hidden = !quote;
    state.textContent = quote ? `Ihr Kommentar gilt diesen Worten: „${quote.slice(0, 200)}“` : "";
  });
}

const [text, form] = [document.querySelector("[data-quotable]"), document.querySelector("form[data-comment]")];
if (text && form) quoteSelection(text, form);
