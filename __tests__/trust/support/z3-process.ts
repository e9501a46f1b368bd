import { init, killThreads, type Z3LowLevel } from "z3-solver";

/** How much a question may cost; what costs more is undecided. */
export interface Budget {
  /** Steps of the solver: the same on every machine. @default unlimited */
  readonly steps?: number;
  /** @default unlimited */
  readonly milliseconds?: number;
}

/** Values of variables, by their names. Texts and numbers as texts, truth values as `true` and `false`. */
export type Model = ReadonlyMap<string, string>;

export type Satisfiability =
  | { readonly is: "sat"; readonly model: Model }
  | { readonly is: "unsat" }
  | { readonly is: "unknown"; readonly reason: string };

type Api = Z3LowLevel["Z3"];
type Context = ReturnType<Api["mk_context"]>;

/** Z3 as WebAssembly, with threads of its own: they keep the process alive until `stop`. */
export class Z3Process {
  private constructor(
    private readonly api: Api,
    private readonly module: Parameters<typeof killThreads>[0],
  ) {}

  static async start(): Promise<Z3Process> {
    const { Z3, em } = await init();
    return new Z3Process(Z3, em as Parameters<typeof killThreads>[0]);
  }

  async stop(): Promise<void> {
    await killThreads(this.module);
  }

  /** Whether assertions in SMT-LIB can hold together. A context for each question: none depends on earlier ones. */
  async solve(script: string, budget: Budget): Promise<Satisfiability> {
    const config = this.api.mk_config();
    const context = this.api.mk_context(config);
    this.api.del_config(config);
    try {
      return await this.solveIn(context, script, budget);
    } finally {
      this.api.del_context(context);
    }
  }

  private async solveIn(context: Context, script: string, { steps, milliseconds }: Budget): Promise<Satisfiability> {
    const { api } = this;
    const solver = api.mk_simple_solver(context);
    api.solver_inc_ref(context, solver);
    const parameters = api.mk_params(context);
    api.params_inc_ref(context, parameters);
    for (const [name, value] of [
      ["rlimit", steps],
      ["timeout", milliseconds],
    ] as const)
      if (value !== undefined) api.params_set_uint(context, parameters, api.mk_string_symbol(context, name), value);
    api.solver_set_params(context, solver, parameters);
    api.solver_from_string(context, solver, script);
    const result = await api.solver_check(context, solver);
    if (result === -1) return { is: "unsat" };
    if (result === 0) return { is: "unknown", reason: api.solver_get_reason_unknown(context, solver) };
    return { is: "sat", model: this.modelOf(context, solver) };
  }

  private modelOf(context: Context, solver: ReturnType<Api["mk_solver"]>): Model {
    const { api } = this;
    const model = api.solver_get_model(context, solver);
    const values = new Map<string, string>();
    for (let index = 0; index < api.model_get_num_consts(context, model); index += 1) {
      const declaration = api.model_get_const_decl(context, model, index);
      const value = api.model_get_const_interp(context, model, declaration);
      if (value === null) continue;
      const name = api.get_symbol_string(context, api.get_decl_name(context, declaration));
      values.set(name, api.is_string(context, value) ? this.textOf(context, value) : api.ast_to_string(context, value));
    }
    return values;
  }

  /** By the codes of the characters: printed texts have escapes. */
  private textOf(context: Context, value: Parameters<Api["get_string_length"]>[1]): string {
    const length = this.api.get_string_length(context, value);
    return String.fromCodePoint(...this.api.get_string_contents(context, value, length));
  }
}
