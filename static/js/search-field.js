// The search is loaded when somebody first goes to its field, and not before. Without it, the form leads to the list
// of all names.
const form = document.querySelector("form[data-search]");
form?.addEventListener("focusin", () => import(new URL(form.dataset.search, location.href)), { once: true });
