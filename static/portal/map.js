// The map beside the list: districts as polygons, one marker for each entry, in step with the list.
// Further layers, where the page shows some, come with lines of their own ([data-layer]) and have other shapes.
// Everything here only adds to a page that works without it.

const box = document.getElementById("karte");
const HESSE = [[49.38, 7.75], [51.68, 10.25]];
const state = { map: null, clusters: null, layers: [], markers: new Map(), request: 0 };

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

function popup({ properties }) {
  const { title, organisation, place, phone, email, url, languages } = properties;
  const parts = [
    element("h3", {}, element("a", { href: url }, title)),
    element("p", {}, [organisation, place].filter(Boolean).join(", ")),
  ];
  if (languages?.length) parts.push(element("p", {}, `Sprachen: ${languages.join(", ")}`));
  if (phone) parts.push(element("p", {}, element("a", { href: `tel:${phoneLink(phone)}` }, phone)));
  else if (email) parts.push(element("p", {}, element("a", { href: `mailto:${email}` }, email)));
  return element("div", {}, ...parts);
}

// On a phone the map may be narrower than a pop-up likes to be; 80 pixels are its margins and the distance to the edge.
function fit(popup) {
  const room = box.clientWidth - 80;
  Object.assign(popup.options, { minWidth: Math.min(240, room), maxWidth: Math.min(300, room) });
}

function label(marker, text) {
  marker.on("add", () => marker.getElement()?.setAttribute("aria-label", text));
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

function markerFor(feature, layer) {
  const [longitude, latitude] = feature.geometry.coordinates;
  const { title, place } = feature.properties;
  const name = layer.own ? `${title}, ${place}` : `${title}, ${place} (${layer.singular})`;
  const marker = L.marker([latitude, longitude], {
    icon: L.divIcon({ className: `pin pin--${layer.shape} strand-${layer.strand}`, iconSize: [24, 24], popupAnchor: [0, -10] }),
    title: name,
    layer,
  });
  label(marker, name);
  marker.bindPopup(() => { fit(marker.getPopup()); return popup(feature); }, { autoPanPadding: [8, 8] });
  marker.on("popupopen", ({ popup }) => {
    if (layer.own) highlight(feature.id, true);
    const close = popup.getElement().querySelector(".leaflet-popup-close-button");
    close.setAttribute("aria-label", "Schließen");
    close.title = "Schließen";
    popup.getElement().querySelector("a").focus({ preventScroll: true });
  });
  if (layer.own) marker.on("popupclose", () => highlight(feature.id, false));
  return marker;
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
    const markers = collections[index].features.map((feature) => [String(feature.id), markerFor(feature, layer)]);
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
