import { Alert, Button, Checkbox, Modal, Select, Stack, Text, TextInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { keys } from "~/api/keys";
import { sentence } from "~/api/problem";
import type { Me } from "~/api/types";
import { addPerson, schoolsQuery } from "~/people/api";
import { CopyLink } from "~/people/CopyLink";
import { DialogActions } from "~/shared/DialogActions";
import { useFocusBack } from "~/shared/useFocusBack";
import { firstName } from "~/shared/words";

/** Name and email in, a link to hand over out. */
export function AddPersonDialog({ me, onClose }: { me: Me; onClose: () => void }) {
  useFocusBack();
  const client = useQueryClient();
  const schools = useQuery(schoolsQuery);
  const [school, setSchool] = useState(me.school.id);
  const add = useMutation({
    mutationFn: addPerson,
    onSuccess: () => client.invalidateQueries({ queryKey: keys.people }),
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    add.mutate({
      name: String(form.get("name")).trim(),
      email: String(form.get("email")).trim(),
      school,
      is_lead: form.get("lead") !== null,
    });
  };

  if (add.data) {
    const name = firstName(add.data.person.name);
    return (
      <Modal opened onClose={onClose} title={`${add.data.person.name} is added`}>
        <Text mb="md">
          Send {name} this link. It opens once, for choosing a password, and can’t be shown again.
        </Text>
        <CopyLink label="Invitation link" value={add.data.invitation.url} />
        <DialogActions>
          <Button onClick={onClose}>Done</Button>
        </DialogActions>
      </Modal>
    );
  }
  return (
    <Modal opened onClose={onClose} title="Add a person">
      <form onSubmit={submit}>
        <Stack>
          {add.isError && (
            <Alert color="red" variant="light" role="alert">
              {sentence(add.error)}
            </Alert>
          )}
          <TextInput
            name="name"
            label="Name"
            required
            withAsterisk={false}
            data-autofocus
            autoComplete="off"
          />
          <TextInput
            name="email"
            type="email"
            label="Email"
            required
            withAsterisk={false}
            autoComplete="off"
          />
          {schools.data && schools.data.length > 1 && (
            <Select
              label="School"
              data={schools.data.map(({ id, name }) => ({ value: id, label: name }))}
              value={school}
              onChange={(value) => setSchool(value ?? me.school.id)}
              allowDeselect={false}
            />
          )}
          <Checkbox name="lead" label="Leads coaching in this school" size="md" py="xs" />
          <DialogActions>
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={add.isPending}>
              Add and make a link
            </Button>
          </DialogActions>
        </Stack>
      </form>
    </Modal>
  );
}
