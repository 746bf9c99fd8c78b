// The map beside the list: districts as polygons, one marker for each entry, in step with the list.
// Further layers, where the page shows some, come with lines of their own ([data-layer]) and have other shapes.
// Everything here only adds to a page that works without it.

const box = document.getElementById("karte");
const HESSE = [[49.38, 7.75], [51.68, 10.25]];
const state = { map: null, clusters: null, layers: [], markers: new Map(), askers: new Map(), request: 0 };
const AT_ONCE = 50; // so many entries may be asked for (vielfalt.listings.geojson)
const MOMENT = 50; // milliseconds

// The entries of the list are a layer like the others; only they take over the whole question.
function shownLayers() {
  const own = { ...box.dataset, markers: box.dataset.markers + location.search, own: true };
  return [own, ...[...document.querySelectorAll("[data-layer]")].map((line) => ({ ...line.dataset, own: false }))];
}

function element(name, attributes = {}, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  node.append(...children);
  return node;
}

// The same rule as the filter phone_link of the templates.
function phoneLink(phone) {
  return phone.replace(/\(0\)|[^+\d]/g, "").replace(/^00/, "+").replace(/^0/, "+49");
}

function card({ title, organisation, place, phone, email, url, languages }) {
  const parts = [
    element("h3", {}, element("a", { href: url }, title)),
    element("p", {}, [organisation, place].filter(Boolean).join(", ")),
  ];
  if (languages?.length) parts.push(element("p", {}, `Sprachen: ${languages.join(", ")}`));
  if (phone) parts.push(element("p", {}, element("a", { href: `tel:${phoneLink(phone)}` }, phone)));
  else if (email) parts.push(element("p", {}, element("a", { href: `mailto:${email}` }, email)));
  return element("div", {}, ...parts);
}

function waiting() {
  return element("p", {}, "Wird geladen …");
}

function sorry(layer) {
  return element("p", {}, "Das konnten wir gerade nicht laden. Alles steht auch in der ", element("a", { href: layer.list }, "Liste"), ".");
}

// On a phone the map may be narrower than a pop-up likes to be; 80 pixels are its margins and the distance to the edge.
function fit(popup) {
  const room = box.clientWidth - 80;
  Object.assign(popup.options, { minWidth: Math.min(240, room), maxWidth: Math.min(300, room) });
}

// Markers and pop-ups say something of few entries, so that is asked for when they come into view.
// Whatever is wanted within a moment goes into one request, and is kept while the page is open.
function asker(address) {
  const known = new Map();
  let batch = null;

  function open() {
    const opened = { ids: [] };
    opened.found = new Promise((resolve) => { setTimeout(resolve, MOMENT); }).then(async () => {
      if (batch === opened) batch = null;
      const { features } = await load(`${address}?${opened.ids.map((id) => `id=${id}`).join("&")}`);
      return new Map(features.map(({ id, properties }) => [id, properties]));
    });
    return opened;
  }

  async function ask(id) {
    if (!batch || batch.ids.length === AT_ONCE) batch = open();
    batch.ids.push(id);
    const found = await batch.found;
    if (!found.has(id)) throw new Error(`${address} no longer has ${id}`);
    return found.get(id);
  }

  return (id) => {
    if (!known.has(id)) {
      known.set(id, ask(id));
      known.get(id).catch(() => known.delete(id)); // the next time it is asked for anew
    }
    return known.get(id);
  };
}

function about(marker) {
  const { id, layer } = marker.options;
  if (!state.askers.has(layer.entries)) state.askers.set(layer.entries, asker(layer.entries));
  return state.askers.get(layer.entries)(id);
}

function forListening(text) {
  return element("span", { class: "kern-sr-only" }, text);
}

// A cluster says of each layer how many entries lie there, each number in its layer's shape.
function clusterIcon(cluster) {
  const markers = cluster.getAllChildMarkers();
  const parts = state.layers.flatMap((layer) => {
    const number = markers.filter((marker) => marker.options.layer === layer).length;
    if (!number) return [];
    const text = element("span", {}, String(number), forListening(` ${number === 1 ? layer.singular : layer.plural}`));
    return [element("span", { class: `cluster__part cluster__part--${layer.shape} strand-${layer.strand}` }, text)];
  });
  const said = parts.flatMap((part, index) => (index ? [forListening(" und "), part] : [part]));
  const html = element("div", { class: "cluster__parts" }, ...said, forListening(" an dieser Stelle, näher heran"));
  return L.divIcon({ className: "cluster", html, iconSize: [44 * parts.length, 44] });
}

// Clusters of two layers are wider, and must not lie on each other.
function clusterRadius() {
  return state.layers.length > 1 ? 100 : 60;
}

function pin({ shape, strand }) {
  return L.divIcon({ className: `pin pin--${shape} strand-${strand}`, iconSize: [24, 24], popupAnchor: [0, -10] });
}

// There may be thousands; most of them lie in clusters and are never seen.
function markerFor(id, [longitude, latitude], layer, icon) {
  const marker = L.marker([latitude, longitude], { icon, title: layer.singular, id, layer });
  marker.once("add", () => prepare(marker));
  return marker.on("add", () => introduce(marker));
}

// A marker is named after its layer until it is known what it stands for.
async function introduce(marker) {
  const { layer } = marker.options;
  name(marker, marker.options.title);
  try {
    const { title, place } = await about(marker);
    name(marker, layer.own ? `${title}, ${place}` : `${title}, ${place} (${layer.singular})`);
  } catch (error) {
    console.warn(error);
  }
}

function name(marker, text) {
  marker.options.title = text;
  const shown = marker.getElement();
  shown?.setAttribute("title", text);
  shown?.setAttribute("aria-label", text);
}

function prepare(marker) {
  const { id, layer } = marker.options;
  let show = waiting;
  marker.bindPopup(() => { fit(marker.getPopup()); return show(); }, { autoPanPadding: [8, 8] });
  marker.on("popupopen", async ({ popup }) => {
    if (layer.own) highlight(id, true);
    describe(popup);
    try {
      const properties = await about(marker);
      show = () => card(properties);
    } catch (error) {
      console.warn(error);
      show = () => sorry(layer);
    }
    fill(popup);
  });
  marker.on("popupclose", () => {
    if (layer.own) highlight(id, false);
    show = waiting;
  });
}

// The frame of a pop-up: what comes into it is read out, and has the focus as soon as there is something to open.
function describe(popup) {
  const close = popup.getElement().querySelector(".leaflet-popup-close-button");
  close.setAttribute("aria-label", "Schließen");
  close.title = "Schließen";
  const content = popup.getElement().querySelector(".leaflet-popup-content");
  content.setAttribute("aria-live", "polite");
  content.tabIndex = -1;
  content.focus({ preventScroll: true });
}

function fill(popup) {
  if (!popup.isOpen()) return;
  const content = popup.getElement().querySelector(".leaflet-popup-content");
  popup.update();
  if (document.activeElement === content) content.querySelector("a").focus({ preventScroll: true });
}

function highlight(id, on) {
  document.getElementById(`treffer-${id}`)?.classList.toggle("result--active", on);
  const marker = state.markers.get(String(id));
  if (!marker) return;
  const shown = state.clusters.getVisibleParent(marker);
  shown?.getElement()?.classList.toggle("pin--active", on);
}

async function load(url) {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${response.status} ${url}`);
  return response.json();
}

async function showDistricts() {
  const topology = await load(box.dataset.districts);
  const districts = topojson.feature(topology, Object.values(topology.objects)[0]);
  L.geoJSON(districts, { style: { className: "district" }, interactive: false }).addTo(state.map);
}

async function showEntries() {
  const request = ++state.request;
  const layers = shownLayers();
  const collections = await Promise.all(layers.map((layer) => load(layer.markers)));
  if (request !== state.request) return; // a newer question is on its way
  state.layers = layers;
  state.clusters.clearLayers();
  layers.forEach((layer, index) => {
    const icon = pin(layer);
    const [{ geometry, properties }] = collections[index].features;
    const markers = properties.ids.map((id, at) => [String(id), markerFor(id, geometry.coordinates[at], layer, icon)]);
    if (layer.own) state.markers = new Map(markers);
    state.clusters.addLayers(markers.map(([, marker]) => marker));
  });
  lookAt();
}

function lookAt() {
  const { latitude, longitude } = document.getElementById("ergebnis").dataset;
  if (latitude) state.map.setView([Number(latitude), Number(longitude)], 10);
  else if (location.search.length > 1 && state.clusters.getLayers().length) state.map.fitBounds(state.clusters.getBounds().pad(0.2), { maxZoom: 10 });
  else state.map.fitBounds(HESSE);
}

function apologise(error) {
  console.warn(error);
  box.replaceChildren(element("p", { class: "map__note" }, "Die Karte konnte nicht geladen werden. Die Liste ist vollständig."));
}

// Leaflet and what belongs to it; its styles come before the page's own, which change them.
function fetchTools() {
  const tools = document.getElementById("karte-werkzeug").content.cloneNode(true);
  const loaded = [...tools.children].map((tool) => {
    tool.async = false; // scripts in their order
    return new Promise((resolve, reject) => { tool.onload = resolve; tool.onerror = () => reject(new Error(tool.outerHTML)); });
  });
  document.head.prepend(tools);
  return Promise.all(loaded);
}

async function start() {
  await fetchTools();
  state.map = L.map(box, { zoomControl: false, minZoom: 7, maxZoom: 13, zoomSnap: 0.5, maxBounds: L.latLngBounds(HESSE).pad(0.5), attributionControl: false });
  // At the bottom, because pop-ups open upwards and would lie under the buttons.
  L.control.zoom({ position: "bottomright", zoomInTitle: "Näher heran", zoomOutTitle: "Weiter weg" }).addTo(state.map);
  state.clusters = L.markerClusterGroup({ iconCreateFunction: clusterIcon, showCoverageOnHover: false, maxClusterRadius: clusterRadius }).addTo(state.map);
  box.setAttribute("role", "region");
  box.setAttribute("aria-label", box.dataset.label);
  box.addEventListener("keydown", closeOnEscape);
  state.map.fitBounds(HESSE);
  return Promise.all([showDistricts(), showEntries()]);
}

// Leaflet closes a pop-up by Escape only while the map itself has the focus, not its markers.
function closeOnEscape(event) {
  const popup = state.map._popup;
  if (event.key !== "Escape" || !popup?.isOpen()) return;
  const marker = popup._source;
  state.map.closePopup();
  marker.getElement()?.focus();
}

function stepWithList(event) {
  const card = event.target.closest?.("[data-entry]");
  if (!card || card.contains(event.relatedTarget)) return;
  highlight(card.dataset.entry, event.type === "mouseover" || event.type === "focusin");
}

for (const type of ["mouseover", "mouseout", "focusin", "focusout"]) document.addEventListener(type, stepWithList);

document.addEventListener("htmx:after:settle", () => state.map && showEntries().catch(apologise));

// On a phone the list comes first, and who finds the answer there pays for no map.
const nearby = new IntersectionObserver(([{ isIntersecting }]) => {
  if (!isIntersecting) return;
  nearby.disconnect();
  start().catch(apologise);
}, { rootMargin: "300px" });

box.replaceChildren();
nearby.observe(box);
