import { useId, useState } from 'preact/hooks';

/** Takes files by drag and drop, or chosen as ever. */
export function DropZone({
  files,
  onFiles,
}: {
  files: readonly File[];
  onFiles: (files: readonly File[]) => void;
}) {
  const [isOver, setOver] = useState(false);
  const id = useId();
  return (
    <label
      for={id}
      class={isOver ? 'drop over' : 'drop'}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        onFiles([...(event.dataTransfer?.files ?? [])]);
      }}
    >
      <span>
        {files.length === 0 ? 'Drop files here, or choose them' : files.map(({ name }) => name).join(', ')}
      </span>
      <input
        id={id}
        type="file"
        multiple
        onChange={(event) => onFiles([...(event.currentTarget.files ?? [])])}
      />
    </label>
  );
}
