/* Says in words why a passkey did not work; without this the browser would only write to its console. */

const place = document.getElementById("passkey-trouble");

document.addEventListener("allauth.error", (event) => {
  const templates = [...place.querySelectorAll("template")];
  const reason = event.detail.exception?.name ?? "";
  const template = templates.find((one) => one.dataset.reason === reason) ?? templates.at(-1);
  place.querySelectorAll(":scope > :not(template)").forEach((old) => old.remove());
  place.append(template.content.cloneNode(true));
  place.scrollIntoView({ block: "nearest" });
  event.preventDefault();
});
