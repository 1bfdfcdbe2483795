// Says above the list what the most urgent ticked sign asks for. Nothing is kept and nothing is sent. Without script
// the same words stand beside every sign.
const SHORT = 120; // Characters of an action that leave room for the list below them on a phone.

for (const list of document.querySelectorAll(".checklist")) {
  const said = list.querySelector(".ticked");
  const tools = list.querySelector(".tick-tools");
  if (!tools?.querySelector("button")) continue; // a text may bear this name, but holds no button
  const boxes = [...list.querySelectorAll("input")];

  // The boxes stand in the order of urgency, so the first that is ticked is the most urgent.
  const tell = () => {
    const first = boxes.find((box) => box.checked);
    tools.hidden = !first;
    said.textContent = "";
    said.className = "ticked";
    if (!first) return;
    const group = first.closest("fieldset");
    const lead = document.createElement("strong");
    lead.textContent = group.dataset.says;
    const action = document.getElementById(first.getAttribute("aria-describedby")).textContent;
    said.append(lead, ` ${action.length > SHORT ? group.dataset.meaning : action}`);
    said.classList.add(...group.classList);
  };

  list.addEventListener("change", tell);
  // A browser that goes back to the page may put back its ticks.
  addEventListener("pageshow", tell);
  tools.querySelector("button").addEventListener("click", () => {
    for (const box of boxes) box.checked = false;
    tell();
    boxes[0].focus();
  });
}
