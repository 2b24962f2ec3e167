// What is pasted from Word: the server says which blocks it is, this puts them in. Enhancement only:
// without an answer the editor pastes as it always did.
"use strict";
(() => {
  const start = document.getElementById("noi-dung-dan");
  if (!start) return;
  const FOREIGN = /<table\b|\bMso|urn:schemas-microsoft-com:office/i;
  const again = new WeakSet();

  // The messages of Wagtail stand at the top of the page, out of sight of who pastes further down.
  const told = document.createElement("div");
  told.setAttribute("role", "status");
  told.className = "pasting-told";
  document.body.append(told);
  const tell = (text) => {
    told.replaceChildren();
    if (!text) return;
    const words = document.createElement("p");
    words.textContent = text;
    const close = document.createElement("button");
    close.type = "button";
    close.className = "button button-small button-secondary";
    close.textContent = start.dataset.close;
    close.addEventListener("click", () => told.replaceChildren());
    told.append(words, close);
  };

  const asked = async (html, tables) => {
    const body = new FormData();
    body.append("html", html);
    if (tables) body.append("tables", "1");
    const token = document.querySelector("[name=csrfmiddlewaretoken]").value;
    const answer = await fetch(start.dataset.url, { method: "POST", body, headers: { "X-CSRFToken": token, "X-Requested-With": "XMLHttpRequest" }, signal: AbortSignal.timeout(20000) });
    if (!answer.ok) throw new Error(answer.status);
    return answer.json();
  };

  // The text block of a stream that knows tables; null for every other rich text.
  const placeOf = (input) => {
    const element = input.closest("[data-streamfield-child]");
    let root = element;
    while (root && !root.rootBlock) root = root.parentElement;
    const stream = root?.rootBlock;
    const child = stream?.children?.find((one) => one.element === element);
    return child?.type === "text" && stream.blockDef.childBlockDefsByName.table ? { stream, child } : null;
  };

  const contentOf = (value) => window.DraftJS.convertFromRaw(JSON.parse(value));

  // Text at the caret, in the place of what is selected.
  const write = (editor, value) => {
    const { EditorState, Modifier } = window.DraftJS;
    const state = editor.getEditorState();
    const [content, selection] = [state.getCurrentContent(), state.getSelection()];
    if (value) editor.onChange(EditorState.push(state, Modifier.replaceWithFragment(content, selection, contentOf(value).getBlockMap()), "insert-fragment"));
    else if (!selection.isCollapsed()) editor.onChange(EditorState.push(state, Modifier.removeRange(content, selection, "backward"), "remove-range"));
  };

  // Blocks after the text that stands before the caret; what stands behind the caret comes last.
  const place = (editor, { stream, child }, blocks) => {
    const { ContentState, EditorState } = window.DraftJS;
    const rest = [...blocks];
    write(editor, rest[0].type === "text" ? rest.shift().value : "");
    if (!rest.length) return;
    const { stateBefore, stateAfter, shouldMoveCommentFn } = window.draftail.splitState(editor.getEditorState());
    if (stateAfter.getCurrentContent().hasText()) {
      const ending = rest.at(-1).type === "text" ? contentOf(rest.pop().value).getBlocksAsArray() : [];
      const behind = stateAfter.getCurrentContent().getBlocksAsArray().filter((block, index) => index || block.getText());
      const after = EditorState.push(stateAfter, ContentState.createFromBlockArray([...ending, ...behind]), "insert-fragment");
      stream.splitBlock(child.index, stateBefore, after, shouldMoveCommentFn);
    } else editor.onChange(stateBefore);
    rest.forEach((block, index) => stream.insert(block, child.index + 1 + index));
    if (!stateBefore.getCurrentContent().hasText()) stream.deleteBlock(child.index);
    window.dispatchEvent(new Event("resize")); // tables measure themselves
  };

  document.addEventListener("paste", async (event) => {
    const wrapper = event.target.closest?.("[data-draftail-editor-wrapper]");
    const html = event.clipboardData?.getData("text/html") ?? "";
    const input = [...wrapper?.parentNode.children ?? []].find((one) => one.draftailEditor);
    if (!input || !FOREIGN.test(html) || again.has(event) || !window.DraftJS || !window.draftail) return;
    const { target } = event;
    const data = new DataTransfer();
    for (const type of ["text/html", "text/plain"]) data.setData(type, event.clipboardData.getData(type));
    event.preventDefault();
    event.stopImmediatePropagation();
    const where = placeOf(input);
    try {
      const answer = await asked(html, Boolean(where));
      if (where) place(input.draftailEditor, where, answer.blocks);
      else write(input.draftailEditor, answer.blocks[0].value);
      tell(answer.told);
    } catch {
      const plainly = new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true });
      again.add(plainly);
      target.dispatchEvent(plainly);
      tell(start.dataset.failed);
    }
  }, true);
})();
