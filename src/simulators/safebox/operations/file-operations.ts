import { jsonAnswer, type HttpAnswer } from '../../kit/answer.js';
import { ASSUMED } from '../assumptions.js';
import { documentsOf, type StoredDocument } from '../state/box.js';
import type { Capability } from '../state/capabilities.js';
import { recordDownload } from '../state/downloads.js';
import { maxFileSize, refusalByName } from '../state/file-rules.js';
import type { Service } from '../state/service.js';
import { settle } from '../state/lifecycle.js';
import type { TextKey } from '../texts.js';
import { receiveFile, type ReceivedFile } from '../wire/received-file.js';
import { badParameter, notFound } from '../wire/refusal.js';
import type { OpenCall, Operations } from './call.js';

/** The file server: whoever has the URL may use it, an API token is not wanted. */
export const FILE_OPERATIONS: Operations<OpenCall> = {
  uploadFile: ['POST /xmss/:token', upload],
  downloadFile: ['GET /xmss/:token', download],
};

async function upload(call: OpenCall): Promise<HttpAnswer> {
  const { service } = call;
  const { guid } = capabilityOf(call, 'upload');
  const permalink = service.findReservation(guid)?.enterprise.permalink ?? openBoxAccount(call, guid);
  const settings = service.world.settings[permalink];
  if (settings === undefined) throw notFound();

  const received = await receiveFile(call.request, async (file): Promise<StoredDocument | TextKey> => {
    const refusal = refusalByName(settings, file.name);
    if (refusal === undefined) return store(call, file, maxFileSize(settings));
    // Read to the end, so that the sender is there for the answer.
    for await (const _chunk of file.content);
    return refusal;
  });
  if (typeof received === 'string') throw badParameter(received);
  service.temporary.add(guid, received, service.clock.now() + ASSUMED.reservationLifetimeMs);
  return jsonAnswer(200, { temporary_document: { document_guid: received.id } });
}

async function store(
  { service }: OpenCall,
  { name, type, content, signal }: ReceivedFile,
  maxBytes: number,
): Promise<StoredDocument | TextKey> {
  const id = service.hexId();
  const measure = await service.documents.receive(id, content, maxBytes, signal);
  return measure === undefined ? 'fileTooLarge' : { id, name, contentType: type, ...measure };
}

function download(call: OpenCall): HttpAnswer {
  const { service } = call;
  const { guid, documentId, by } = capabilityOf(call, 'download');
  const box = service.world.boxes.get(guid);
  if (box === undefined) throw notFound();
  settle(service, box);
  const document = documentsOf(box).find(({ id }) => id === documentId);
  if (document === undefined) throw notFound();
  return {
    status: 200,
    headers: {
      'content-type': document.contentType,
      'content-length': document.size,
      'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(document.name)}`,
    },
    body: contentOf(service, document, () => {
      recordDownload(box, document, by, service.clock.now());
      service.changed();
    }),
  };
}

/** @param complete called before the last byte is sent: whoever has it all may already ask what was downloaded. */
async function* contentOf(
  service: Service,
  { id, size }: StoredDocument,
  complete: () => void,
): AsyncGenerator<Buffer> {
  const cutAfterBytes = service.takeDownloadCut();
  let sent = 0;
  if (size === 0) complete();
  const chunks: AsyncIterable<Buffer> = service.documents.open(id);
  for await (const chunk of chunks) {
    if (sent + chunk.length > cutAfterBytes) {
      yield chunk.subarray(0, cutAfterBytes - sent);
      throw new Error('the connection was to break here');
    }
    sent += chunk.length;
    if (sent === size) complete();
    yield chunk;
  }
}

function capabilityOf<Kind extends Capability['kind']>(
  { service, params }: OpenCall,
  kind: Kind,
): Extract<Capability, { kind: Kind }> {
  const found = service.capabilities.find(params['token'] ?? '', service.clock.now());
  if (found === undefined || !isOfKind(found, kind)) throw notFound();
  return found;
}

function isOfKind<Kind extends Capability['kind']>(
  capability: Capability,
  kind: Kind,
): capability is Extract<Capability, { kind: Kind }> {
  return capability.kind === kind;
}

function openBoxAccount({ service }: OpenCall, guid: string): string {
  const box = service.world.boxes.get(guid);
  if (box === undefined) throw notFound();
  settle(service, box);
  if (box.status !== 'in_progress') throw notFound();
  return box.enterprise;
}
