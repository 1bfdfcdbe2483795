// The one script of every page. Each file below does one small thing; without any of them the page reads the same.
import "./review.js";
import "./contents.js";
import "./offline.js";
import "./compare.js";
import "./checklist.js";
import "./search-field.js";
