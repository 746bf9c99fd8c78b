// Turns textareas for long texts into a small editor. Without this script they stay textareas; what comes
// from either is sanitised by the server. A textarea may name a module with more tools (data-rich-text-more).

const TOOLS = [
  { name: "bold", label: "Fett", run: (chain) => chain.toggleBold() },
  { name: "italic", label: "Kursiv", run: (chain) => chain.toggleItalic() },
  { name: "bulletList", label: "Liste", run: (chain) => chain.toggleBulletList() },
  { name: "orderedList", label: "Nummerierte Liste", run: (chain) => chain.toggleOrderedList() },
];

function element(name, attributes = {}, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  node.append(...children);
  return node;
}

const button = (label, attributes = {}) => element("button", { type: "button", class: "rich-text__tool", ...attributes }, label);

/** "e.de" and "rat@e.de" are addresses for people; links need to know what kind. */
function wholeAddress(text) {
  const address = text.trim();
  if (!address || /^(https?:\/\/|mailto:|tel:|#)/i.test(address)) return address;
  if (/^[^\s/@]+@[^\s/@]+$/.test(address)) return `mailto:${address}`;
  if (/^[+\d][\d\s/()-]+$/.test(address)) return `tel:${address.replace(/[^+\d]/g, "")}`;
  return `https://${address}`;
}

function basics({ Document, Paragraph, Text, HardBreak, Bold, Italic, BulletList, OrderedList, ListItem, History, Link }, askForLink) {
  const link = Link.extend({ addKeyboardShortcuts: () => ({ "Mod-k": askForLink }) });
  const settings = { protocols: ["mailto", "tel"], defaultProtocol: "https", enableTarget: false };
  return [Document, Paragraph, Text, HardBreak, Bold, Italic, BulletList, OrderedList, ListItem, History, link.configure(settings)];
}

/** The row under the tools in which one types where a link leads. */
function linkForm(id, editor) {
  const input = element("input", { class: "kern-form-input__input", type: "text", id, inputmode: "url", autocomplete: "off", spellcheck: "false" });
  const done = button("Übernehmen");
  const remove = button("Link entfernen");
  const row = element("div", { class: "rich-text__link", hidden: "" }, element("label", { class: "kern-label", for: id }, "Adresse des Links"), input, done, remove);
  const close = () => { row.hidden = true; editor().commands.focus(); };
  const accept = () => {
    const href = wholeAddress(input.value);
    const chain = editor().chain().focus().extendMarkRange("link");
    if (!href) chain.unsetLink().run();
    else if (editor().state.selection.empty && !editor().isActive("link")) chain.insertContent({ type: "text", text: input.value.trim(), marks: [{ type: "link", attrs: { href } }] }).run();
    else chain.setLink({ href }).run();
    close();
  };
  done.addEventListener("click", accept);
  remove.addEventListener("click", () => { input.value = ""; accept(); });
  input.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== "Escape") return;
    // Enter in a field would send the whole form.
    event.preventDefault();
    if (event.key === "Enter") accept();
    else close();
  });
  const open = () => {
    input.value = editor().getAttributes("link").href ?? "";
    remove.hidden = !input.value;
    row.hidden = false;
    input.focus();
    return true;
  };
  return { row, open };
}

/** What a screen reader needs to know of the text field that the editor replaces. */
function attributesOf(textarea, label) {
  const attributes = { id: `${textarea.id}-editor`, role: "textbox", "aria-multiline": "true", class: "rich-text__text prose", lang: document.documentElement.lang };
  if (label) attributes["aria-labelledby"] = label.id;
  else if (textarea.ariaLabel) attributes["aria-label"] = textarea.ariaLabel;
  for (const name of ["aria-describedby", "aria-invalid", "aria-required"]) {
    if (textarea.hasAttribute(name)) attributes[name] = textarea.getAttribute(name);
  }
  return attributes;
}

function start(textarea, library, more) {
  const label = textarea.labels[0];
  if (label) label.id ||= `${textarea.id}-label`;
  let editor = null;
  const link = linkForm(`${textarea.id}-link`, () => editor);
  const tools = [...TOOLS, ...(more?.TOOLS ?? [])].map((tool) => {
    const node = button(tool.label, { "aria-pressed": "false", "data-tool": tool.name });
    node.addEventListener("click", () => tool.run(editor.chain().focus()).run());
    return node;
  });
  const linkTool = button("Link", { "aria-pressed": "false", "data-tool": "link" });
  linkTool.addEventListener("click", link.open);
  const group = element("div", { class: "rich-text__tools", role: "group", "aria-label": "Formatierung" }, ...tools, linkTool);
  const place = element("div", { class: "rich-text__place" });
  const extra = more?.rows({ element, button, id: textarea.id, editor: () => editor, group }) ?? { nodes: [], update() {} };
  const box = element("div", { class: "rich-text" }, group, link.row, ...extra.nodes, place);
  textarea.before(box);
  editor = new library.Editor({
    element: place,
    extensions: [...basics(library, link.open), ...(more?.extensions(library) ?? [])],
    content: textarea.value,
    editable: !textarea.disabled,
    // Its styles are in rich-text.css: the portal allows no others.
    injectCSS: false,
    editorProps: { attributes: attributesOf(textarea, label) },
    onUpdate() {
      textarea.value = editor.isEmpty ? "" : (more?.finish(editor.getHTML()) ?? editor.getHTML());
      textarea.dispatchEvent(new Event("input", { bubbles: true }));
    },
    onTransaction() {
      for (const node of [...tools, linkTool]) node.setAttribute("aria-pressed", String(editor?.isActive(node.dataset.tool) ?? false));
      if (editor) extra.update(editor);
    },
  });
  if (more && !more.keeps(textarea.value, editor.getHTML())) {
    // Better a plain textarea than an editor that silently leaves something out.
    editor.destroy();
    box.replaceWith(element("p", { class: "hint" }, more.UNKNOWN));
    return;
  }
  // Whoever was faster than this script goes on typing in the editor.
  const hadFocus = document.activeElement === textarea;
  textarea.hidden = true;
  if (hadFocus) editor.commands.focus("end");
  label?.addEventListener("click", () => editor.commands.focus());
}

async function startWithin(root) {
  for (const textarea of root.querySelectorAll("textarea[data-rich-text]:not([hidden])")) {
    // The empty form of a Django formset is only a pattern.
    if (textarea.name.includes("__prefix__")) continue;
    const { richText, richTextMore } = textarea.dataset;
    const [library, more] = await Promise.all([import(richText), richTextMore ? import(richTextMore) : null]);
    start(textarea, library, more);
  }
}

startWithin(document);
document.addEventListener("formset:added", (event) => startWithin(event.target));
