{ let kept; try { kept = localStorage.theme } catch {} document.documentElement.dataset.theme = kept ?? (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light") }
