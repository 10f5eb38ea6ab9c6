/** Say a sentence to screen readers without moving anybody. */
export function announce(sentence) {
  const region = document.getElementById("announcer");
  if (!region || !sentence) return;
  region.textContent = "";
  // A changed text node in the next task is what assistive technology notices.
  setTimeout(() => {
    region.textContent = sentence;
  }, 60);
}
