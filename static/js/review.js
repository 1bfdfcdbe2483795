// A page that was built before its review was due says so when the day has passed. Without script, the page still
// names the day, and what it means.
const note = document.querySelector("[data-review-due]");
if (note && new Date().toISOString().slice(0, 10) > note.dataset.reviewDue) {
  note.hidden = false;
}
