// Everything here improves pages that already work without it.
import { focusErrors } from "./errors.js";
import { foldFilters } from "./folding.js";
import { startLiveFilters } from "./live-filters.js";
import { openForPrint } from "./printing.js";
import { startSuggestions } from "./suggestions.js";

focusErrors(document);
openForPrint();
foldFilters(document);
startLiveFilters(document);
for (const input of document.querySelectorAll("input[data-suggest]")) startSuggestions(input);
