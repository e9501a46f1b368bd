import type { NamedValue } from "../../state/named-values";
import type { Variable } from "../../state/variables";

/** What all variables and secrets show. Organization values tell who sees them. */
const named = ({ name, createdAt, updatedAt, sharing }: NamedValue, home: string) => ({
  name,
  created_at: createdAt,
  updated_at: updatedAt,
  ...(sharing && { visibility: sharing.visibility }),
  ...(sharing?.visibility === "selected" && { selected_repositories_url: `${home}/${name}/repositories` }),
});

/** A variable. `home` is the address of the list it stands in. */
export const variableShape = (variable: Variable, home: string) => ({
  ...named(variable, home),
  value: variable.value,
});

/** A secret, of which GitHub never shows the value. `home` is the address of the list it stands in. */
export const secretShape = (secret: NamedValue, home: string) => named(secret, home);
