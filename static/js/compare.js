// Puts two or three ticked conditions side by side as columns and says what is shown. Without script the stylesheet
// hides the other rows, and each row links to its own page, where the condition stands beside that of the site.
const MOST = 3;

for (const place of document.querySelectorAll(".comparison")) {
  const tools = place.querySelector(".compare-tools");
  if (!tools?.querySelector("button, input")) continue; // a text may bear this name, but holds no button
  const only = tools.querySelector(".only");
  const said = tools.querySelector(".compare-said");
  const table = place.querySelector(".compare");
  const picks = [...table.querySelectorAll(".pick input")];
  const heads = [...table.tHead.rows[0].cells];
  let columns = null;

  const chosen = () => picks.filter((box) => box.checked);
  const named = (boxes) => boxes.map((box) => box.dataset.name).join(", ");
  const move = (from, to) => to.append(...from.childNodes);
  const rows = () => [...table.tBodies[0].rows].filter((row) => row.matches(".own") || row.querySelector(":checked"));

  // The contents of the cells move into the new table and back: citations and explained words stay what they are.
  const turn = () => {
    const picked = rows();
    const moves = [];
    columns = document.createElement("table");
    columns.className = "beside columns";
    columns.append(table.caption.cloneNode(true));
    const head = columns.createTHead().insertRow();
    head.insertCell();
    for (const row of picked) {
      const cell = document.createElement("th");
      cell.scope = "col";
      head.append(cell);
      moves.push([row.cells[0], cell]);
    }
    const body = columns.createTBody();
    // How urgent each is comes first.
    const order = [heads.length - 1, ...heads.keys()].slice(0, -1).filter((index) => index > 0);
    for (const index of order) {
      const line = body.insertRow();
      const name = document.createElement("th");
      name.scope = "row";
      name.textContent = heads[index].textContent;
      line.append(name);
      for (const row of picked) {
        const cell = line.insertCell();
        cell.dataset.label = (row.querySelector(".pick input")?.dataset.name ?? row.cells[0].textContent).trim();
        moves.push([row.cells[index], cell]);
      }
    }
    // Read the names above before anything moves.
    for (const [from, to] of moves) move(from, to);
    columns.restore = () => moves.forEach(([from, to]) => move(to, from));
    table.hidden = true;
    table.after(columns);
  };

  const back = () => {
    columns.restore();
    columns.remove();
    columns = null;
    table.hidden = false;
  };

  const show = () => {
    if (columns) back();
    if (only.checked && chosen().length) {
      turn();
      said.textContent = `${tools.dataset.shown.replace("{names}", named(chosen()))} ${tools.dataset.note}`;
    } else if (only.checked) {
      only.checked = false;
      said.textContent = tools.dataset.none;
    } else {
      said.textContent = tools.dataset.all;
    }
  };

  // A browser that goes back to the page may put back its ticks.
  addEventListener("pageshow", () => {
    if (only.checked && !columns) show();
  });
  place.addEventListener("change", (event) => {
    const box = event.target;
    if (box === only) {
      show();
    } else if (chosen().length > MOST) {
      box.checked = false;
      said.textContent = tools.dataset.most;
    } else if (columns) {
      // A condition that is unticked in its column leaves, and the reader's place goes with it: to the switch.
      only.checked = chosen().length > 0;
      show();
      only.focus();
    } else {
      said.textContent = chosen().length ? tools.dataset.some.replace("{names}", named(chosen())) : tools.dataset.none;
    }
  });
}
