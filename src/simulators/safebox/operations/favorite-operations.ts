import { emptyAnswer, jsonAnswer, type HttpAnswer } from '../../kit/answer.js';
import { addFavorite, changeFavorite, favoritesOf, removeFavorite } from '../state/favorites.js';
import type { Favorite } from '../state/world.js';
import { favoriteJson } from '../wire/people-json.js';
import { favoriteCreation, favoriteUpdate } from '../wire/people-requests.js';
import { notFound } from '../wire/refusal.js';
import { readRequest } from '../wire/request-body.js';
import { ownUser } from './access.js';
import type { ApiCall, Operations } from './call.js';

const FAVORITES = '/api/v2/enterprises/:enterprise/users/:user/favorites';

/** The people a user writes to often. */
export const FAVORITE_OPERATIONS: Operations<ApiCall> = {
  getFavorites: [`GET ${FAVORITES}`, list],
  createFavorite: [`POST ${FAVORITES}`, create],
  updateFavorite: [`PATCH ${FAVORITES}/:favorite`, update],
  deleteFavorite: [`DELETE ${FAVORITES}/:favorite`, remove],
};

function list(call: ApiCall): HttpAnswer {
  return jsonAnswer(200, { favorites: favoritesOf(call.service, ownUser(call).id).map(favoriteJson) });
}

async function create(call: ApiCall): Promise<HttpAnswer> {
  const user = ownUser(call);
  const { favorite } = await readRequest(call.request, favoriteCreation);
  return jsonAnswer(200, favoriteJson(addFavorite(call.service, user.id, favorite)));
}

async function update(call: ApiCall): Promise<HttpAnswer> {
  const found = favoriteOf(call);
  const { favorite } = await readRequest(call.request, favoriteUpdate);
  changeFavorite(call.service, found, favorite);
  return jsonAnswer(200, favoriteJson(found));
}

function remove(call: ApiCall): HttpAnswer {
  removeFavorite(call.service, favoriteOf(call));
  return emptyAnswer(204);
}

function favoriteOf(call: ApiCall): Favorite {
  const found = favoritesOf(call.service, ownUser(call).id).find(
    ({ id }) => String(id) === call.params['favorite'],
  );
  if (found === undefined) throw notFound();
  return found;
}
