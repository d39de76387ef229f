/** Who uses GraphiQL by ear or by keyboard needs names and roles that it does not give: they are put in as it renders. */
export function makeAccessible(root: HTMLElement): void {
  const mend = (): void => {
    for (const area of root.querySelectorAll('.CodeMirror textarea:not([aria-label])')) {
      area.setAttribute('aria-label', nameOf(area));
    }
    for (const region of root.querySelectorAll('.CodeMirror-scroll[tabindex="-1"]')) {
      region.setAttribute('tabindex', '0');
    }
    // A tab may hold no buttons, and these hold two: they are a list of buttons.
    for (const tab of root.querySelectorAll('.graphiql-tab[role="tab"]'))
      tab.setAttribute('role', 'listitem');
    root.querySelector('[role="tablist"]')?.setAttribute('role', 'list');
    root.querySelector('[role="tabpanel"]')?.setAttribute('role', 'region');
    for (const tab of root.querySelectorAll('.graphiql-tab[aria-selected]')) {
      const isOpen = tab.classList.contains('graphiql-tab-active');
      tab.removeAttribute('aria-selected');
      tab.querySelector('.graphiql-tab-button')?.setAttribute('aria-pressed', String(isOpen));
    }
  };
  new MutationObserver(mend).observe(root, {
    subtree: true,
    childList: true,
    attributeFilter: ['aria-selected', 'role'],
  });
}

function nameOf(area: Element): string {
  return area.closest('section[aria-label]')?.getAttribute('aria-label') ?? 'Editor';
}
