// What passages of the Leitfaden have beside the small editor's tools (rich-text.js): quotes, notes, tables
// and pictures, and other languages, which the editor only keeps.

export const UNKNOWN = "Dieser Text enthält etwas, das der Editor nicht kennt. Damit nichts verloren geht, bearbeiten Sie ihn hier mit seinen Auszeichnungen.";

export const TOOLS = [
  { name: "blockquote", label: "Zitat", run: (chain) => chain.toggleBlockquote() },
  { name: "footnote", label: "Fußnote", run: (chain) => chain.toggleMark("footnote") },
  { name: "table", label: "Tabelle", run: (chain) => chain.insertTable({ rows: 3, cols: 2, withHeaderRow: true }) },
];

const TABLE_TOOLS = [
  ["Zeile darunter", (chain) => chain.addRowAfter()],
  ["Spalte rechts", (chain) => chain.addColumnAfter()],
  ["Zeile entfernen", (chain) => chain.deleteRow()],
  ["Spalte entfernen", (chain) => chain.deleteColumn()],
  ["Tabelle entfernen", (chain) => chain.deleteTable()],
];

const KEPT = ["lang", "dir"];

const attribute = (name, read = (node) => node.getAttribute(name)) => ({
  default: null,
  parseHTML: read,
  renderHTML: (attributes) => (attributes[name] === null ? {} : { [name]: attributes[name] }),
});

const languages = () => Object.fromEntries(KEPT.map((name) => [name, attribute(name)]));

export function extensions({ Node, Mark, Extension, Blockquote, Superscript, Subscript, Table, TableRow, TableHeader, TableCell }) {
  const Footnote = Mark.create({
    name: "footnote",
    // Around everything else, so that a note with a link in it is one note.
    priority: 1001,
    inclusive: true,
    parseHTML: () => [{ tag: "span.footnote" }],
    renderHTML: () => ["span", { class: "footnote" }, 0],
  });
  const Language = Mark.create({
    name: "language",
    parseHTML: () => [{ tag: "span[lang]" }, { tag: "span[dir]" }],
    renderHTML: ({ HTMLAttributes }) => ["span", HTMLAttributes, 0],
    addAttributes: languages,
  });
  const Picture = Node.create({
    name: "picture",
    group: "block",
    atom: true,
    draggable: true,
    addAttributes: () => ({ src: { default: "" }, alt: { default: "" }, width: { default: null }, height: { default: null }, caption: { default: "" } }),
    parseHTML: () => [
      {
        tag: "figure",
        getAttrs: (figure) => {
          const image = figure.querySelector("img");
          if (!image) return false;
          const [src, alt, width, height] = ["src", "alt", "width", "height"].map((name) => image.getAttribute(name));
          return { src, alt, width, height, caption: figure.querySelector("figcaption")?.textContent ?? "" };
        },
      },
    ],
    renderHTML: ({ node }) => {
      const { caption, ...image } = node.attrs;
      return ["figure", ["img", image], ...(caption ? [["figcaption", caption]] : [])];
    },
  });
  const Kept = Extension.create({
    name: "kept",
    addGlobalAttributes: () => [
      { types: ["paragraph", "bulletList", "orderedList", "listItem", "blockquote", "tableCell", "tableHeader", "table"], attributes: languages() },
      { types: ["table"], attributes: { "data-caption": attribute("data-caption", (node) => node.querySelector(":scope > caption")?.textContent ?? null) } },
    ],
  });
  return [Blockquote, Superscript, Subscript, Table, TableRow, TableHeader, TableCell, Footnote, Language, Picture, Kept];
}

const fragment = (html) => {
  const template = document.createElement("template");
  template.innerHTML = html;
  return template.content;
};

/** Write what the editor holds as the portal keeps it: head rows of tables as such, captions in their place. */
export function finish(html) {
  const content = fragment(html);
  for (const table of content.querySelectorAll("table")) {
    table.removeAttribute("style");
    for (const columns of table.querySelectorAll("colgroup")) columns.remove();
    const row = table.querySelector("tr");
    if (row && [...row.cells].every((cell) => cell.tagName === "TH")) {
      for (const cell of row.cells) cell.setAttribute("scope", "col");
      table.createTHead().append(row);
    }
    if (table.dataset.caption) table.createCaption().textContent = table.dataset.caption;
    table.removeAttribute("data-caption");
  }
  const wrapper = document.createElement("div");
  wrapper.append(content);
  return wrapper.innerHTML;
}

/** Bring HTML into a form in which only what a reader would miss makes a difference. */
function bare(html) {
  const content = fragment(finish(html));
  for (const part of content.querySelectorAll("tbody")) part.replaceWith(...part.childNodes);
  for (const p of content.querySelectorAll("li > p:first-child, td > p:only-child, th > p:only-child, blockquote > p:only-child")) p.replaceWith(...p.childNodes);
  const ignored = new Set(["rel", "target", "class", "style", "scope", "type", "data-type"]);
  const written = (node) => {
    if (node.nodeType === 3) return node.data;
    const attributes = [...node.attributes]
      .filter(({ name, value }) => (!ignored.has(name) || value === "footnote") && !(name.endsWith("span") && value === "1") && !(name === "start" && value === "1"))
      .map(({ name, value }) => `${name}=${value}`)
      .sort();
    return `<${node.tagName} ${attributes.join(" ")}>${[...node.childNodes].map(written).join("")}</>`;
  };
  return [...content.childNodes].map(written).join("").replaceAll(/[\s\u00a0]+/g, " ").replaceAll("<P ></>", "").trim();
}

/** Whether the editor holds everything that stood in the text. Plain text has nothing that could get lost. */
export const keeps = (before, after) => !/<[a-z]/i.test(before) || bare(before) === bare(after);

function field({ element }, id, label, attributes) {
  const input = element("input", { class: "kern-form-input__input", id, ...attributes });
  return { input, nodes: [element("label", { class: "kern-label", for: id }, label), input] };
}

/** The row in which one chooses a picture and describes it. */
function pictureRow(kit) {
  const { element, button, id, editor, group } = kit;
  const file = field(kit, `${id}-picture`, "Bild", { type: "file", accept: "image/*" });
  const alt = field(kit, `${id}-alt`, "Beschreibung für Menschen, die das Bild nicht sehen", { type: "text" });
  const caption = field(kit, `${id}-caption`, "Bildunterschrift (freiwillig)", { type: "text" });
  const state = element("p", { class: "rich-text__state", role: "alert" });
  const done = button("Bild einsetzen");
  const row = element("div", { class: "rich-text__link", hidden: "" }, ...file.nodes, ...alt.nodes, ...caption.nodes, done, state);
  const open = button("Bild", { "aria-expanded": "false" });
  const show = (is) => { row.hidden = !is; open.setAttribute("aria-expanded", String(is)); };
  open.addEventListener("click", () => { show(row.hidden); if (!row.hidden) file.input.focus(); });
  done.addEventListener("click", async () => {
    const form = group.closest("form");
    const data = new FormData();
    if (file.input.files[0]) data.set("picture", file.input.files[0]);
    data.set("alt", alt.input.value);
    data.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    state.textContent = "Das Bild wird hochgeladen …";
    try {
      const response = await fetch(form.dataset.pictures, { method: "POST", body: data, headers: { Accept: "application/json" } });
      const answer = await response.json();
      state.textContent = answer.message ?? "";
      if (!response.ok) return;
      editor().chain().focus().insertContent({ type: "picture", attrs: { ...answer, alt: alt.input.value, caption: caption.input.value } }).run();
      for (const { input } of [file, alt, caption]) input.value = "";
      show(false);
    } catch {
      state.textContent = "Das Bild ist nicht angekommen. Bitte versuchen Sie es noch einmal.";
    }
  });
  group.append(open);
  return row;
}

/** What one does with a table, shown while the cursor is in one. */
function tableRow(kit) {
  const { element, button, id, editor } = kit;
  const tools = TABLE_TOOLS.map(([label, run]) => {
    const node = button(label);
    node.addEventListener("click", () => run(editor().chain().focus()).run());
    return node;
  });
  const caption = field(kit, `${id}-table-caption`, "Titel der Tabelle (freiwillig)", { type: "text" });
  caption.input.addEventListener("change", () => editor().chain().updateAttributes("table", { "data-caption": caption.input.value || null }).run());
  const row = element("div", { class: "rich-text__link", hidden: "", role: "group", "aria-label": "Tabelle" }, ...tools, ...caption.nodes);
  const update = (now) => {
    row.hidden = !now.isActive("table");
    if (document.activeElement !== caption.input) caption.input.value = now.getAttributes("table")["data-caption"] ?? "";
  };
  return { row, update };
}

export function rows(kit) {
  const table = tableRow(kit);
  // Who may not upload pictures is not offered to.
  const pictures = document.getElementById(kit.id).form.dataset.pictures ? [pictureRow(kit)] : [];
  return { nodes: [...pictures, table.row], update: table.update };
}
