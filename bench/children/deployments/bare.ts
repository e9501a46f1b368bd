import { synthesizeBare } from "../../bare";
import { generateFleet } from "../../generate";
import { probe } from "../../probe";

probe(generateFleet, (fleet, folder) => () => synthesizeBare(fleet, folder));
