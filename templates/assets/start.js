// Where a copy is opened. This script runs only where the copy is whole; where it lies still packed, the page stays, and says so.
location.replace(document.querySelector('[data-start]').href);
