import { synthesizeBare } from "../bare";
import { probe } from "../probe";

probe((fleet, folder) => () => synthesizeBare(fleet, folder));
